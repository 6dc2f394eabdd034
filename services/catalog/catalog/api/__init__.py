"""The HTTP face of the catalogue: public reads, and the editor's routes."""
