"""Word files compared, marked up, settled and answered: copies of the packages that they came in."""
