"""Clients of the other services, over HTTP."""
