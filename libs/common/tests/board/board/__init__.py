"""A notice board: the smallest service there can be, to test the plumbing with."""
