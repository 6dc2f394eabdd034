"""Public figures over HTTP."""
