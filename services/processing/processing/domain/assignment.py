"""Who gets a dossier when nobody is named: an explicit rule that can be checked."""

from collections.abc import Mapping, Sequence


def least_loaded(officers: Sequence[str], open_dossiers: Mapping[str, int]) -> str | None:
    """Return the officer with the fewest open dossiers, the smallest id on a tie; None without officers.

    Source: QT Đ.4.3; R-PRC-03
    """
    return min(officers, key=lambda officer: (open_dossiers.get(officer, 0), officer), default=None)
