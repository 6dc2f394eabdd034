"""The real antivirus, printing and signature checking."""
