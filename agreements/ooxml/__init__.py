"""The raw WordprocessingML that python-docx lacks, read and written in one place."""
