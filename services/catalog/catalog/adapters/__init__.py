"""Files of the catalogue's own data."""
