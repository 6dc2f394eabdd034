"""What identity states of a person, signed, for another service to rely on without asking."""

from datetime import timedelta
from typing import Final

LIFE: Final = timedelta(minutes=10)
NUMBER: Final = "motcua-number"
"""Whose identity number an account holds, proven by the identity provider. Source: QT Đ.14.1; R-ACC-04"""
