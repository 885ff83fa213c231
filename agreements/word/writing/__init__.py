"""Agreements, papers and tables written as Word files."""
