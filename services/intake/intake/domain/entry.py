"""How a dossier comes in that an officer writes down for somebody: at the desk, by post, over the telephone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypedDict

from procedures import Procedure
from regulation.channels import Channel

from intake.domain.confirming import ByCode, NotConfirmedByCodeError
from intake.domain.errors import ConfirmationUnfitError
from intake.domain.late import Late
from intake.domain.papers import confirmation, cover


class Way(StrEnum):
    """How the papers or the words reached the officer (cách hồ sơ đến). Source: QT Đ.25.2; R-INT-16"""

    DESK = "desk"
    POST = "post"
    TELEPHONE = "telephone"


class Confirmation(StrEnum):
    """How the applicant stands by what the officer wrote down (xác nhận của người nộp)."""

    SIGNATURE = "signature"
    CODE = "code"
    AT_PICKUP = "at_pickup"


CHANNELS: Final[Mapping[Way, Channel]] = MappingProxyType(
    {Way.DESK: Channel.COUNTER, Way.POST: Channel.POST, Way.TELEPHONE: Channel.COUNTER}
)
"""The channel that statistics and fees know each way by: who is helped over the telephone is helped by the desk."""

CONFIRMED_BY: Final[Mapping[Way, Confirmation]] = MappingProxyType(
    {
        Way.DESK: Confirmation.SIGNATURE,
        Way.POST: Confirmation.SIGNATURE,
        Way.TELEPHONE: Confirmation.AT_PICKUP,
    }
)
"""Papers come signed; what is said over the telephone is signed when the result is fetched."""
CONFIRMABLE: Final[Mapping[Way, tuple[Confirmation, ...]]] = MappingProxyType(
    {way: (usual,) for way, usual in CONFIRMED_BY.items()}
    | {Way.DESK: (CONFIRMED_BY[Way.DESK], Confirmation.CODE)}
)
"""Who stands at the desk may read a code aloud instead, sent to their own telephone or mailbox."""

WAYS: Final[Mapping[Way, Mapping[str, str]]] = MappingProxyType(
    {
        Way.DESK: {"vi": "Trực tiếp tại quầy", "en": "At the desk"},
        Way.POST: {"vi": "Qua bưu chính", "en": "By post"},
        Way.TELEPHONE: {"vi": "Hỗ trợ qua điện thoại", "en": "Helped over the telephone"},
    }
)
CONFIRMATIONS: Final[Mapping[Confirmation, Mapping[str, str]]] = MappingProxyType(
    {
        Confirmation.SIGNATURE: {
            "vi": "Người nộp đã ký trên giấy",
            "en": "The applicant signed on paper",
        },
        Confirmation.CODE: {
            "vi": "Người nộp đã xác nhận bằng mã một lần gửi đến điện thoại hoặc thư điện tử của mình",
            "en": "The applicant confirmed by a one-time code sent to the own telephone or mailbox",
        },
        Confirmation.AT_PICKUP: {
            "vi": "Người nộp ký khi đến nhận kết quả",
            "en": "The applicant signs when the result is fetched",
        },
    }
)


@dataclass(frozen=True)
class Entry:
    """What an officer says of the way a dossier came in."""

    way: Way
    confirmation: Confirmation
    late: Late | None = None
    """When and how it was really received; None for what is written down as it comes."""
    by_code: ByCode | None = None
    """What identity states of the code by which the applicant confirmed; None where nothing is stated."""

    def received_at(self, now: datetime) -> datetime:
        """Return when it was really received. Source: QT Đ.12.1; R-INT-20"""
        return self.late.received_at if self.late else now

    @property
    def channel(self) -> Channel:
        """The channel of the dossier."""
        return CHANNELS[self.way]

    def facts(self) -> dict[str, Any]:
        """Return what the dossier keeps of it; nothing here says who somebody is."""
        told = {"way": self.way.value, "confirmation": self.confirmation.value}
        return told | ({"outage": self.late.outage} if self.late else {})

    def must_fit(self) -> None:
        """Let pass what the applicant can have confirmed in this way.

        Raises:
            ConfirmationUnfitError: nobody signs over the telephone, and a signed paper needs no second signature.
            NotConfirmedByCodeError: a code is said to have confirmed it, and none is stated.

        Source: QT Đ.25.2; NB Đ.27.1; R-INT-16
        """
        if self.confirmation is Confirmation.CODE and self.by_code is None:
            raise NotConfirmedByCodeError(field="code", rule="one-time-code")
        if self.confirmation not in CONFIRMABLE[self.way]:
            wanted = CONFIRMATIONS[CONFIRMED_BY[self.way]]
            raise ConfirmationUnfitError(
                field="confirmation", rule="enum", vi_wanted=wanted["vi"], en_wanted=wanted["en"]
            )

    def must_be_confirmed(self, officer: str, draft: object, mark: str, reached: Collection[str]) -> None:
        """Refuse what a code is said to have confirmed and did not; a signature is the officer's to look at.

        Raises: NotConfirmedByCodeError.
        Source: QT Đ.25.2; R-INT-16
        """
        if self.confirmation is Confirmation.CODE and self.by_code is not None:
            self.by_code.must_confirm(officer=officer, draft=str(draft), mark=mark, reached=reached)


class CameIn(TypedDict):
    """How a dossier came in, in the words of its row."""

    channel: str
    entry: Mapping[str, Any] | None
    place_of_help: str | None
    late_entry: bool
    late_form: str | None
    received_at: datetime


def came_in(entry: Entry | None, helped_by: str | None, now: datetime) -> CameIn:
    """Return channel, entry, place of help and when it was received; who submits online needs no help.

    Source: QT Đ.25.2; R-INT-16
    """
    if entry is None:
        return {
            "channel": Channel.ONLINE.value,
            "entry": None,
            "place_of_help": None,
            "late_entry": False,
            "late_form": None,
            "received_at": now,
        }
    return {
        "channel": entry.channel.value,
        "entry": entry.facts(),
        "place_of_help": helped_by,
        "late_entry": entry.late is not None,
        "late_form": entry.late.form_number if entry.late else None,
        "received_at": entry.received_at(now),
    }


def usual_way_back(entry: Entry | None, offered: Collection[str]) -> str | None:
    """Return the way back of who names none: who came to the desk fetches the result there, where that is offered.

    Source: NB Đ.17.2; R-SUB-12, R-INT-16
    """
    return Channel.COUNTER.value if entry and Channel.COUNTER in offered else None


def said_at_birth(
    entry: Entry | None,
    procedure: Procedure,
    filed: Mapping[str, Any],
    files: Iterable[tuple[str, str, str]],
    at: datetime,
) -> dict[str, Any]:
    """Return what the first paper says: a confirmation online, the cover sheet of what an officer wrote down.

    Source: NB Đ.16.2; R-SUB-15, R-INT-16
    """
    said = confirmation(procedure, filed, files, at)
    if entry is None:
        return said
    way = WAYS[entry.way]["vi"]
    way = f"{way} – nhập bù theo phiếu giấy số {entry.late.form_number}" if entry.late else way
    words = way, CONFIRMATIONS[entry.confirmation]["vi"]
    to_sign = entry.confirmation is not Confirmation.CODE
    return cover(said, *words, procedure.form.declaration.vi, to_sign=to_sign)
