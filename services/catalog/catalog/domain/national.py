"""How a record of the national catalogue becomes a version, with everything doubtful flagged."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from procedures import Route
from regulation.codes import ProcedureCode, UnreadableProcedureCodeError
from regulation.text import fold, nfc

from catalog.domain.content import Content
from catalog.domain.national_parts import Flagged, channel_parts, folded, papers, results_of, stated_channels

LEVELS = folded({"Cấp xã": "commune", "Cấp tỉnh": "province", "Cấp bộ": "ministry", "Cơ quan khác": "other"})
SHORT_LEVELS = {"xa": "commune", "tinh": "province", "bo": "ministry", "khac": "other"}
PORTAL = "https://dichvucong.gov.vn/"
# The registers of the ministries in the crawl, by the sector code of QĐ 20/2020.
SECTORS = {
    "bo-cong-an": ("G01", "Bộ Công an"),
    "bo-tu-phap": ("G15", "Bộ Tư pháp"),
    "bo-tai-chinh": ("G12", "Bộ Tài chính"),
    "bo-xay-dung": ("G17", "Bộ Xây dựng"),
    "bo-nong-nghiep-mt": ("G10", "Bộ Nông nghiệp và Môi trường"),
    "ngan-hang-nha-nuoc": ("G19", "Ngân hàng Nhà nước"),
    "toa-an-nhan-dan": ("", "Tòa án nhân dân"),
}


@dataclass(frozen=True)
class NationalRow:
    """One record of the national table as read, with its row number in the file (the head is row 1)."""

    row: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Remark:
    """Something an editor must know of a row: its number, the value, and why."""

    row: int
    code: str
    value: str
    reason: str


@dataclass
class Reading:
    """What reading the files gave: contents by code, flagged values and refused rows."""

    contents: dict[str, Content] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    common: set[str] = field(default_factory=set)
    flagged: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)


def slug(text: str) -> str:
    """Return the code of a field made from its name: `Hộ tịch` → `ho-tich`."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def read_national(rows: Iterable[NationalRow], details: Iterable[Mapping[str, Any]]) -> Reading:
    """Read the national table and enrich it with the detailed records; nothing is guessed.

    A duplicate code is refused, a limit without unit is flagged. Source: TN Đ.3.4; R-CAT-29
    """
    reading = Reading()
    seen: dict[str, int] = {}
    for row in rows:
        _read_row(row, seen, reading)
    for at, detail in enumerate(details, start=1):
        _read_detail(at, detail, reading)
    return reading


def _read_row(row: NationalRow, seen: dict[str, int], reading: Reading) -> None:
    values = {key: nfc((value or "").strip()) for key, value in row.values.items() if key}
    code = _code(values.get("ma_tthc", ""))
    reason = _refusal(values, code, seen)
    if reason or code is None:
        reading.refused.append(Remark(row.row, values.get("ma_tthc", ""), _offending(values, reason), reason))
        return
    seen[code] = row.row
    content, flags = _content(values)
    reading.contents[code] = content
    reading.sectors[content.field] = SECTORS.get(slug(values.get("nguon_bo", "")), ("", ""))[0]
    reading.flagged += [Remark(row.row, code, flag.value, flag.reason) for flag in flags]


def _code(text: str) -> str | None:
    try:
        return str(ProcedureCode.normalise(text)) if text else None
    except UnreadableProcedureCodeError:
        return None


def _refusal(values: Mapping[str, str], code: str | None, seen: Mapping[str, int]) -> str:
    if code is None:
        return "code-unreadable"
    if code in seen:
        return f"duplicate-code (row {seen[code]})"
    if not values.get("ten"):
        return "name-missing"
    if not values.get("linh_vuc"):
        return "field-missing"
    return "unknown-level" if _unknown_levels(values) else ""


def _offending(values: Mapping[str, str], reason: str) -> str:
    if reason == "unknown-level":
        return ", ".join(_unknown_levels(values))
    column = {"name-missing": "ten", "field-missing": "linh_vuc"}
    return values.get(column.get(reason, "ma_tthc"), "")


def _unknown_levels(values: Mapping[str, str]) -> list[str]:
    return [level for level in _listed(values.get("cap_thuc_hien", "")) if fold(level) not in LEVELS]


def _listed(text: str) -> list[str]:
    """Split an enumeration at commas, semicolons and line ends that stand outside brackets."""
    return [" ".join(part.split()) for part in re.split(r"[,;\n]\s*(?![^(]*\))", text) if part.strip()]


def _content(values: Mapping[str, str]) -> tuple[Content, list[Flagged]]:
    name = re.sub(r"\s+", " ", values["ten"]).strip()
    channels, limits, fees, flags = channel_parts(values.get("kenh_thoihan_phi", ""))
    ministry = SECTORS.get(slug(values.get("nguon_bo", "")), ("", values.get("nguon_bo", "")))[1]
    content = Content(
        name=name,
        field=values["linh_vuc"],
        levels=tuple(
            dict.fromkeys(LEVELS[fold(level)] for level in _listed(values.get("cap_thuc_hien", "")))
        ),
        route=Route.NATIONAL,
        route_url=PORTAL,
        ministry=ministry or None,
        applicants=tuple(_listed(values.get("doi_tuong", ""))),
        channels=channels,
        limits=limits,
        fees=fees,
        results=results_of(values.get("ma_ket_qua", "").split()),
        legal_basis=tuple(values.get("van_ban", "").split()),
        national={"decision": values.get("so_quyet_dinh", ""), "kind": values.get("loai", "")},
    )
    return content, flags


def _read_detail(at: int, detail: Mapping[str, Any], reading: Reading) -> None:
    code = _code(str(detail.get("code", "")))
    if code is None or not detail.get("name"):
        reading.refused.append(
            Remark(at, str(detail.get("code", "")), str(detail.get("name", "")), "code-unreadable")
        )
        return
    reading.common.add(code)
    base = reading.contents.get(code)
    if base is None:
        base = Content(
            name=nfc(detail["name"]), field=nfc(detail["field"]), route=Route.NATIONAL, route_url=PORTAL
        )
        reading.sectors.setdefault(base.field, str((detail.get("ministry") or {}).get("code") or ""))
    reading.contents[code], flags = _enriched(base, detail)
    reading.flagged = [remark for remark in reading.flagged if remark.code != code or not flags.settled]
    reading.flagged += [Remark(at, code, flag.value, flag.reason) for flag in flags.flags]


@dataclass(frozen=True)
class _Flags:
    flags: list[Flagged]
    settled: bool  # the detailed record replaces the limits of the table


def _enriched(base: Content, detail: Mapping[str, Any]) -> tuple[Content, _Flags]:
    channels, limits, fees, flags = stated_channels(detail.get("channels") or ())
    levels = tuple(SHORT_LEVELS[level] for level in detail.get("levels") or () if level in SHORT_LEVELS)
    formality = detail.get("formality_id")
    competent = detail.get("deciding_agency")
    national = {
        **(base.national or {}),
        "confidence": detail.get("field_confidence") or {},
        "note": detail.get("note"),
        "snapshot": (detail.get("source") or {}).get("snapshot"),
    }
    content = replace(
        base,
        name_en=detail.get("gloss_en") or "",
        levels=levels or base.levels,
        route_url=f"{PORTAL}thu-tuc-hanh-chinh/{formality}" if formality else PORTAL,
        ministry=base.ministry or (detail.get("ministry") or {}).get("name"),
        competent=(nfc(competent),) if competent else (),
        applicants=tuple(nfc(one) for one in detail.get("applicant_types") or ()) or base.applicants,
        components=papers(detail.get("documents") or ()) or base.components,
        channels=channels or base.channels,
        limits=limits or base.limits,
        fees=fees or base.fees,
        results=results_of(detail.get("results") or ()) or base.results,
        legal_basis=tuple(detail.get("legal_basis") or ()) or base.legal_basis,
        national=national,
    )
    return content, _Flags(flags, bool(limits))
