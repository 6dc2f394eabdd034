"""Vietnamese administrative law as pure functions: profiles, working calendar, explained clock, codes."""
