"""Channels, templates, delivery, retries, inbox."""
