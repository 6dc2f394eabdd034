"""Agencies, fields, procedures, versions, forms, processes, search."""
