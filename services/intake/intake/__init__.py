"""Drafts, submission, one-stop desk, receipt, tracking."""
