"""By which channels a notice goes: what the province allows, what is set up, what the user chose."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from notify.domain.kinds import PAPERS, Kind


class Channel(StrEnum):
    """A way to reach a person (kênh thông báo)."""

    PORTAL = "portal"
    EMAIL = "email"
    SMS = "sms"


USER_CHOICE = "user_choice"
OUTSIDE = (Channel.EMAIL, Channel.SMS)
SMS_LENGTH = 160


@dataclass(frozen=True)
class Contact:
    """How a person can be reached, as the person chose; fetched when needed and not kept."""

    email: str | None
    phone: str | None
    language: str
    channels: frozenset[str]
    link: str = ""
    """A page of the person's own instead of the notice's, as a path: who has no account holds a key."""


ASKER = "question:"
"""Before the number of a question: whoever asked it without an account."""


def asker_without_account(number: str) -> str:
    """Return the recipient that stands for who asked a question without an account. Source: R-QNA-25"""
    return ASKER + number


def allowed_channels(profile: Sequence[str], working: Collection[Channel]) -> tuple[Channel, ...]:
    """Return the channels of a profile's list that are set up here; the portal inbox always belongs to them.

    `user_choice` stands for every outside channel the user may have chosen.
    Source: NB Đ.13.1.a; TN Đ.11.5.c; BD Đ.9.2.b; HN Đ.5.2; R-NTF-01; R-NTF-08
    """
    named = set(profile) | (set(OUTSIDE) if USER_CHOICE in profile else set())
    return (Channel.PORTAL, *(channel for channel in OUTSIDE if channel in named and channel in working))


def channels_for(kind: Kind, channels: tuple[Channel, ...], *, texted: bool) -> tuple[Channel, ...]:
    """Return the channels of a notice; with `texted`, a text message goes with each signed paper, set up or not.

    Source: TN Đ.11.3.b; TN Đ.11.4.c; TN Đ.11.4.g; R-NTF-03
    """
    owed = texted and kind in PAPERS and Channel.SMS not in channels
    return (*channels, Channel.SMS) if owed else channels


def goes_unasked(kind: Kind, channel: Channel, *, texted: bool, instead_of: str | None) -> bool:
    """Tell whether a notice takes a channel that nobody has to have chosen: the law's, or one in place of a failed one.

    Source: TN Đ.11.3.b; NB Đ.8.2; R-NTF-03; R-NTF-13
    """
    return instead_of is not None or (texted and channel is Channel.SMS and kind in PAPERS)


def address_for(channel: Channel, contact: Contact) -> str | None:
    """Return where a channel reaches somebody, or None when no address was left. Source: NB Đ.15.2; R-NTF-02"""
    return contact.email if channel is Channel.EMAIL else contact.phone
