"""Channels, limits, fees and papers of a national record, read one by one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from procedures import Component, Fee, FeeStatus, Limit, Result
from regulation.channels import Channel
from regulation.clock.rules import rule_for
from regulation.durations import Duration, Parsed, classify
from regulation.text import fold, nfc

CHANNELS = {"ONLINE": Channel.ONLINE, "POSTAL": Channel.POST, "DIRECT": Channel.COUNTER}
UNITS = {"WORKING_DAY": "wd", "DAY": "d", "WORKING_HOUR": "wh", "HOUR": "h", "MONTH": "month", "YEAR": "year"}
FEES = {
    "FREE": FeeStatus.FREE_NATIONALLY,
    "AMOUNT": FeeStatus.AMOUNT,
    "SET_BY_PROVINCE": FeeStatus.SET_BY_PROVINCE,
    "SET_BY_LAW_NOT_QUANTIFIED": FeeStatus.SET_BY_LAW,
}
_MONEY = re.compile(r"^([0-9][0-9,]*)\s*(VNĐ|USD)$")
LEAST_FEE = 1000  # dong; the portal prints "25 VNĐ" and means 25,000

# How tables write a channel, compared without marks, case and blanks.
STATED_CHANNELS = {
    "online": Channel.ONLINE,
    "truc tuyen": Channel.ONLINE,
    "counter": Channel.COUNTER,
    "truc tiep": Channel.COUNTER,
    "post": Channel.POST,
    "buu chinh": Channel.POST,
    "dich vu buu chinh": Channel.POST,
}

Parts = tuple[tuple[str, ...], tuple[Limit, ...], tuple[Fee, ...], list["Flagged"]]


@dataclass(frozen=True)
class Flagged:
    """A value that an editor has to settle, and why."""

    value: str
    reason: str


def folded(vocabulary: Mapping[str, str]) -> dict[str, str]:
    """Return a vocabulary by its words without marks, case, doubled blanks and Unicode form. Source: R-CAT-29"""
    return {fold(word): value for word, value in vocabulary.items()}


def channel_parts(text: str) -> Parts:
    """Read `online|5 Ngày làm việc|Miễn phí;…` into channels, limits, fees and flags."""
    limits: list[Limit] = []
    fees: list[Fee] = []
    flags: list[Flagged] = []
    for part in filter(None, map(str.strip, text.split(";"))):
        stated, deadline, fee = (*part.split("|"), "", "")[:3]
        channel = STATED_CHANNELS.get(fold(stated))
        if channel is None:
            flags.append(Flagged(stated.strip(), "channel-unknown"))
            continue
        limits.append(stated_limit(deadline.strip(), channel))
        fees.append(stated_fee(fee.strip(), channel))
    flags += [
        Flagged(f"{limit.channel}: {limit.text}", f"limit-{limit.flag}") for limit in limits if limit.flag
    ]
    flags += [Flagged(f"{fee.channel}: {fee.note}", f"fee-{fee.flag}") for fee in fees if fee.flag]
    channels = tuple(dict.fromkeys(str(limit.channel) for limit in limits))
    return channels, tuple(limits), tuple(fees), flags


def stated_limit(text: str, channel: str | None) -> Limit:
    """Return the limit a phrase states, or the phrase flagged; a bare number never gets a unit.

    Source: R-CAT-09; national catalogue, deadline column
    """
    read = classify(text)
    if isinstance(read, Parsed):
        return limit_of(read.duration, text, channel)
    return Limit(text=text or "Không có thông tin", channel=channel, flag=read.kind.value)


def limit_of(duration: Duration, text: str, channel: str | None) -> Limit:
    """Return an exact limit with the rule its unit is counted by."""
    return Limit(text=text, rule=rule_for(duration), amount=str(duration), channel=channel)


def stated_fee(text: str, channel: str | None) -> Fee:
    """Return the fee a phrase states; "miễn phí" on the portal often means "set by the province"."""
    if text == "Miễn phí":
        return Fee(FeeStatus.FREE_NATIONALLY, note=text, channel=channel)
    money = _MONEY.match(text)
    if money is None:
        return Fee(FeeStatus.NOT_PUBLISHED, note=text, channel=channel)
    amount, currency = int(money[1].replace(",", "")), "VND" if money[2] == "VNĐ" else "USD"
    if currency == "VND" and amount < LEAST_FEE:
        return Fee(FeeStatus.NOT_PUBLISHED, note=text, channel=channel, flag="implausible")
    return Fee(FeeStatus.AMOUNT, amount=amount, currency=currency, note=text, channel=channel)


def stated_channels(rows: Sequence[Mapping[str, Any]]) -> Parts:
    """Read the channel entries of a detailed record; an inferred unit is flagged, not taken over."""
    limits: list[Limit] = []
    fees: list[Fee] = []
    flags: list[Flagged] = []
    for row in rows:
        channel = CHANNELS[row["channel"]].value
        limit = _detailed_limit(row.get("duration"), str(row.get("note") or ""), channel)
        limits.append(limit)
        fees.append(_detailed_fee(row, channel))
        if limit.flag:
            flags.append(Flagged(f"{channel}: {limit.text}", f"limit-{limit.flag}"))
    channels = tuple(dict.fromkeys(str(limit.channel) for limit in limits))
    return channels, tuple(limits), tuple(fees), flags


def _detailed_limit(duration: Mapping[str, Any] | None, note: str, channel: str) -> Limit:
    if duration is None:
        return Limit(text=nfc(note) or "Không có thông tin", channel=channel, flag="not_stated")
    shown = f"{duration['value']:g} {UNITS[duration['unit']]}"
    if duration.get("unit_inferred"):
        return Limit(text=f"{duration['value']:g}", channel=channel, flag="unit_missing")
    read = Duration.parse(shown)
    return limit_of(read, read.words("vi"), channel)


def _detailed_fee(row: Mapping[str, Any], channel: str) -> Fee:
    note = nfc(str(row.get("note") or ""))
    fee = row.get("fee") or {}
    status = FEES.get(row.get("fee_status", ""), FeeStatus.NOT_PUBLISHED)
    if status is not FeeStatus.AMOUNT or fee.get("amount") is None:
        return Fee(status, note=note, channel=channel)
    told = " ".join(str(part) for part in (fee.get("per"), fee.get("note")) if part)
    return Fee(status, int(fee["amount"]), fee.get("currency") or "VND", nfc(told or note), channel=channel)


def papers(rows: Iterable[Mapping[str, Any]]) -> tuple[Component, ...]:
    """Read the document list; whether a paper is required is for the editor to say, so the group stands beside it."""
    return tuple(
        Component(
            id=f"tp-{at}",
            name=nfc(row["name"]),
            originals=int(row.get("original_qty") or 0),
            copies=int(row.get("copy_qty") or 0),
            group=nfc(row["group"]) if row.get("group") else None,
        )
        for at, row in enumerate(rows, start=1)
    )


def results_of(rows: Iterable[Any]) -> tuple[Result, ...]:
    """Read result documents given as codes or as records with name and code."""
    return tuple(
        Result(name="", code=row)
        if isinstance(row, str)
        else Result(name=nfc(row.get("name") or ""), code=row.get("code"))
        for row in rows
    )
