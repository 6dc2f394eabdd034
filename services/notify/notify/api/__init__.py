"""The HTTP face of notify."""
