"""How dates, sums and lists are written in notices, in Vietnamese and English."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from notify.domain.delivery import LAW_ZONE

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SMS_LENGTH = 160


@dataclass(frozen=True)
class Paper:
    """A paper the applicant shows or hands over at pick-up."""

    name: str
    name_en: str
    originals: int


@dataclass(frozen=True)
class Fee:
    """A published fee; `amount` in dong."""

    case: str | None
    channel: str | None
    status: str
    amount: int | None
    note: str


def moment(at: datetime, lang: Lang) -> str:
    """Write an instant in local time: `10 giờ 30 ngày 21/11/2026`, `10:30 on 21 November 2026`."""
    local = at.astimezone(LAW_ZONE)
    if lang == "vi":
        return f"{local.hour} giờ {local.minute:02d} ngày {local:%d/%m/%Y}"
    return f"{local:%H:%M} on {local.day} {MONTHS[local.month - 1]} {local.year}"


def day(on: date, lang: Lang) -> str:
    """Write a local date: `21/11/2026`, `21 November 2026`."""
    return f"{on:%d/%m/%Y}" if lang == "vi" else f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def papers_to_show(papers: Sequence[Paper], lang: Lang) -> list[str]:
    """Return the papers whose originals the applicant brings at pick-up. Source: NB Đ.22.3.c; R-INT-10"""
    return [
        paper.name if lang == "vi" else paper.name_en or paper.name for paper in papers if paper.originals
    ]


def fee_at_pickup(fees: Sequence[Fee], channel: str, lang: Lang) -> str:
    """Say which fee is due, from the published fees of the channel; never a guess.

    Source: NB Đ.22.3.c; HN Đ.11.1.b; R-INT-10
    """
    fitting = [fee for fee in fees if fee.channel in (None, channel)]
    if not fitting:
        return "theo quy định công bố của thủ tục" if lang == "vi" else "as published for the procedure"
    if all(fee.status == "free" or fee.amount == 0 for fee in fitting):
        return "không thu phí, lệ phí" if lang == "vi" else "no fee or charge"
    parts = [_sum(fee, lang) for fee in fitting if fee.status != "free"]
    return "; ".join(dict.fromkeys(parts))


def _sum(fee: Fee, lang: Lang) -> str:
    if fee.amount is None:
        return fee.note or ("theo quy định" if lang == "vi" else "as regulated")
    written = f"{fee.amount:,}".replace(",", ".") if lang == "vi" else f"{fee.amount:,}"
    unit = "đồng" if lang == "vi" else "dong"
    return f"{written} {unit}" + (f" ({fee.note})" if fee.note else "")
