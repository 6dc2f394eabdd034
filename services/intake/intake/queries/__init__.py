"""Named reads of intake; every one that depends on who asks applies the caller's data scope."""
