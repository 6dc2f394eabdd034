"""Internal process, decision, signing, overdue handling."""
