"""What an evaluation tells of each agency: its indicators, and the shares of its dossiers in the same days."""

from collections.abc import Iterator, Sequence
from typing import Final

from answers.qa import EvaluationOut
from answers.stats import SharesOut

Cell = str | int | float | None
SHARES: Final = {
    "in_time_percent": "Hồ sơ giải quyết đúng hạn (%)",
    "online_percent": "Hồ sơ nộp trực tuyến (%)",
    "supplemented_percent": "Hồ sơ phải bổ sung (%)",
}
"""The shares of dossiers an agency is evaluated by, in the words of their columns."""
OF: Final = {"in_time_percent": "finished", "online_percent": "received", "supplemented_percent": "received"}
"""What each is a share of."""


def sheet(
    one: EvaluationOut, shares: Sequence[SharesOut], heads: Sequence[str], counted: str
) -> Iterator[Sequence[Cell]]:
    """Give the rows of the table, the headings first: every agency that has an indicator or a dossier.

    `heads` name the columns of the agency and then the shares; `counted` heads a column of how many cases.
    """
    code, name, *said = heads
    labels = [*(i.label for i in one.indicators), *said]
    yield [code, name, *(text for label in labels for text in (label, counted))]
    measured = {a.agency: a for a in one.agencies}
    dossiers = {s.agency: s for s in shares}
    nothing = [None, None] * len(one.indicators)
    for agency in sorted(measured.keys() | dossiers.keys()):
        found, served = measured.get(agency), dossiers.get(agency)
        cells = [cell for m in found.measures for cell in (m.value, m.count)] if found else nothing
        told = found.agency_name if found else served.name if served else agency
        yield [agency, told, *cells, *_shares(served)]


def _shares(served: SharesOut | None) -> list[Cell]:
    if served is None:
        return [None, None] * len(SHARES)
    return [cell for key in SHARES for cell in (getattr(served, key), getattr(served, OF[key]))]
