"""The rules of notices: which exist, by which channels they go, when a delivery is tried again."""
