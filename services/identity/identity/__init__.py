"""Accounts, sign-in, roles and scopes, access log."""
