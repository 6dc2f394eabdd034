"""The HTTP face of processing."""
