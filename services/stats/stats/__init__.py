"""Projections, indicators, public statistics."""
