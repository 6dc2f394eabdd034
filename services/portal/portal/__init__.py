"""Server-rendered citizen and officer web UI."""
