"""Real printing and signature checking."""
