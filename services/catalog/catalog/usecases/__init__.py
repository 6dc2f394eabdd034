"""The stories of the catalogue: one file per change."""
