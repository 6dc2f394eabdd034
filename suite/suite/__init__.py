"""motcua: everything on one machine."""
