"""What an acceptance promises: one value, decided once, told alike by receipt, page, fact and notice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eforms import Text
from regulation.text import LANGUAGES

from procedures.charges import Charge
from procedures.parts import Limit
from procedures.published import Procedure


@dataclass(frozen=True)
class Row:
    """One line of an appointment as people read it."""

    label: Text
    text: Text


@dataclass(frozen=True)
class Appointment:
    """What the receipt promises beside the date (hẹn trả kết quả): how long, what was handed in, what to bring and pay.

    The date is the dossier's own. `limit` is None where no time limit is published, `sets` where the procedure does not
    say how many sets it takes. A field that people read has a row: receipt, page and notice print the rows.

    Source: NB Đ.22.3.c; HN Đ.11.1.b; TN PL.B2; R-INT-10
    """

    limit: Text | None
    sets: int | None
    fee: Charge
    papers: tuple[Text, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines beside date and papers, in printed order; nothing is said of what is not known."""
        known = [Row(Text("Thời hạn giải quyết", "Time limit"), self.limit)] if self.limit else []
        if self.sets is not None:
            english = "1 set" if self.sets == 1 else f"{self.sets} sets"
            known.append(Row(Text("Số lượng hồ sơ", "Handed in"), Text(f"{self.sets:02d} bộ", english)))
        return (*known, Row(Text("Phí, lệ phí", "Fee"), _in_both(self.fee)))

    def kept(self) -> dict[str, Any]:
        """Return it as JSON values, with its rows as they read today."""
        return asdict(self) | {"rows": [asdict(row) for row in self.rows]}


def appointment(
    procedure: Procedure,
    papers: tuple[Text, ...],
    *,
    case: str | None,
    channel: str,
    answers: Mapping[str, Any],
) -> Appointment:
    """Return what is promised to a dossier of a case that came through a channel with its answers."""
    limit = procedure.limit(case, channel)
    charge = procedure.charge(case, channel, answers)
    return Appointment(_in_both(limit) if limit else None, procedure.sets, charge, papers)


def _in_both(said: Charge | Limit) -> Text:
    return Text(*(said.words(lang) for lang in LANGUAGES))
