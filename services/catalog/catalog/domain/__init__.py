"""The rules of the catalogue: what a procedure must say before anybody may rely on it."""
