"""The outside systems as they are."""
