"""What an acceptance promises: one value, decided once, told alike by receipt, page, fact and notice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from regulation.text import LANGUAGES, Lang

from procedures.charges import Charge
from procedures.published import Procedure


@dataclass(frozen=True)
class Text:
    """The same in both languages."""

    vi: str
    en: str

    def told(self, lang: Lang) -> str:
        """Return the text of a language."""
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True)
class Row:
    """One line of an appointment as people read it."""

    label: Text
    text: Text


@dataclass(frozen=True)
class Appointment:
    """What the receipt promises (hẹn trả kết quả): until when, what was handed in, what to bring and to pay.

    `due_at` is an instant, `sets` is None where the procedure does not say how many sets it takes. A field that people
    read has a row: receipt, page and notice print the rows, whatever they are.

    Source: NB Đ.22.3.c; HN Đ.11.1.b; TN PL.B2; R-INT-10
    """

    due_at: datetime
    limit: str
    sets: int | None
    fee: Charge
    papers: tuple[Text, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines beside date and papers, in printed order; nothing is said of what is not known."""
        known = (
            [Row(Text("Thời hạn giải quyết", "Time limit"), Text(self.limit, self.limit))]
            if self.limit
            else []
        )
        if self.sets is not None:
            english = "1 set" if self.sets == 1 else f"{self.sets} sets"
            known.append(Row(Text("Số lượng hồ sơ", "Handed in"), Text(f"{self.sets:02d} bộ", english)))
        said = Text(*(self.fee.words(lang) for lang in LANGUAGES))
        return (*known, Row(Text("Phí, lệ phí", "Fee"), said))

    def kept(self) -> dict[str, Any]:
        """Return it as JSON values, with its rows as they read today."""
        told = asdict(self) | {"rows": [asdict(row) for row in self.rows]}
        return told | {"due_at": self.due_at.isoformat()}


def appointment(
    procedure: Procedure,
    due_at: datetime,
    papers: tuple[Text, ...],
    *,
    case: str | None,
    channel: str,
    answers: Mapping[str, Any],
) -> Appointment:
    """Return what is promised to a dossier of a case that came through a channel with its answers."""
    limit = procedure.limit(case, channel)
    charge = procedure.charge(case, channel, answers)
    return Appointment(due_at, limit.text if limit else "", procedure.sets, charge, papers)
