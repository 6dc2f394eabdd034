"""What this service does, one file per verb."""
