"""Files of strangers: what they are by content, and why one is not taken."""
