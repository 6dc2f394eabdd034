"""What notify does, one verb per file."""
