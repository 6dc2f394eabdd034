"""The changes statistics make: they only ever learn from events."""
