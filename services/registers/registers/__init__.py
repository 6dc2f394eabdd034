"""The books somebody must keep: declared, append-only, numbered without gaps."""
