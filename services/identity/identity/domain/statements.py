"""What identity states of a person, signed, for another service to rely on without asking."""

from datetime import timedelta
from typing import Final

LIFE: Final = timedelta(minutes=10)
NUMBER: Final = "motcua-number"
"""Whose identity number an account holds, proven by the identity provider. Source: QT Đ.14.1; R-ACC-04"""
COUNTER: Final = "motcua-counter-code"
"""What somebody at the counter confirmed by a code, and which address it went to. Source: QT Đ.25.2; R-INT-16"""
POPULATION: Final = "motcua-population-right"
"""That an officer may use the population database today. Source: QT Đ.11.2.d; QT Đ.13.4; R-ACC-21"""
DESK: Final = "motcua-desk-authorisation"
"""By which decision an officer settles a procedure at the desk. Source: NB Đ.16.4; R-INT-15"""
