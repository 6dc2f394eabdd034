"""Import the national catalogue: every procedure becomes visible, what is doubtful is reported."""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.domain.content import Content
from catalog.domain.editors import Editor
from catalog.domain.national import Reading, Remark, slug
from catalog.domain.versions import State
from catalog.models import EditEntry, Field, Procedure, ProcedureVersion, catalogue_changed, stored

IMPORT = Editor("national-import")
CHUNK = 300
Progress = Callable[[int, int], Awaitable[None] | None]


@dataclass
class ImportReport:
    """What an import did: counts, and every flagged or refused value with row and reason."""

    imported: int = 0
    unchanged: int = 0
    updated: int = 0
    kept: int = 0  # published by the province: national information does not overwrite it
    flagged: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    written: bool = True

    def refused_values(self) -> list[tuple[int, str, str]]:
        """Return how often each value was refused, with value and reason, the most frequent first."""
        seen = Counter((remark.value, remark.reason.split(" ")[0]) for remark in self.refused)
        return [(count, value, reason) for (value, reason), count in seen.most_common()]

    @property
    def empty(self) -> bool:
        """Whether not one row could be read."""
        return not (self.imported or self.unchanged or self.updated or self.kept)

    def flagged_reasons(self) -> dict[str, int]:
        """Return how often each reason was flagged."""
        return dict(Counter(remark.reason for remark in self.flagged))


async def import_catalog(
    session: AsyncSession,
    reading: Reading,
    now: datetime,
    *,
    keep_good: bool = True,
    progress: Progress | None = None,
) -> ImportReport:
    """Write what was read; with refused rows the good ones are written only when `keep_good` says so.

    Running it again changes nothing. Procedures the province has published are left alone.
    Source: TN Đ.3.4; R-CAT-29; R-CAT-17
    """
    report = ImportReport(flagged=reading.flagged, refused=reading.refused)
    if reading.refused and not keep_good:
        report.written = False
        return report
    contents = await _fields(session, reading)
    present = await _present(session)
    fresh = [code for code in contents if code not in present]
    older = [code for code in contents if code in present]
    total = len(contents)
    for start in range(0, len(fresh), CHUNK):
        chunk = fresh[start : start + CHUNK]
        await _introduce(session, chunk, contents, reading.common, now)
        report.imported += len(chunk)
        await _tell(progress, report.imported, total)
    for code in older:
        await _refresh(session, code, contents[code], present[code], report=report, now=now)
    await _tell(progress, total, total)
    if report.imported or report.updated:
        await catalogue_changed(session)
    return report


async def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and (told := progress(done, total)) is not None:
        await told


async def _fields(session: AsyncSession, reading: Reading) -> dict[str, Content]:
    """Enter the fields; spellings of one field share a code, the most frequent one names it."""
    names: dict[str, Counter[str]] = {}
    for content in reading.contents.values():
        names.setdefault(slug(content.field), Counter())[content.field] += 1
    rows = [
        {
            "code": code,
            "name": spellings.most_common(1)[0][0],
            "sector": reading.sectors.get(spellings.most_common(1)[0][0]) or None,
        }
        for code, spellings in names.items()
    ]
    if rows:
        await session.execute(upsert(Field).on_conflict_do_nothing(), rows)
    return {
        code: replace(content, field=slug(content.field))
        for code, content in sorted(reading.contents.items())
    }


async def _present(session: AsyncSession) -> Mapping[str, tuple[str | None, str | None]]:
    """Return state and fingerprint of the current version of every known procedure."""
    query = select(
        Procedure.code, ProcedureVersion.state, ProcedureVersion.content["national"]["digest"].astext
    )
    current = (ProcedureVersion.procedure == Procedure.code) & (
        ProcedureVersion.number == Procedure.current_number
    )
    rows = await session.execute(query.join(ProcedureVersion, current, isouter=True))
    return {code: (state, digest) for code, state, digest in rows}


async def _introduce(
    session: AsyncSession,
    codes: Sequence[str],
    contents: Mapping[str, Content],
    common: Iterable[str],
    now: datetime,
) -> None:
    popular = frozenset(common)
    procedures, versions, entries = [], [], []
    for code in codes:
        content = contents[code]
        procedures.append(
            {
                "code": code,
                "name": content.name,
                "name_en": content.name_en,
                "field": content.field,
                "version": 1,
                "levels": list(content.levels),
                "route": content.route.value,
                "common": code in popular,
                "last_number": 1,
                "current_number": 1,
            }
        )
        versions.append(_listed(code, 1, content, now))
        entries.append(_line(code, "imported", None, content, now))
    await session.execute(insert(Procedure), procedures)
    await session.execute(insert(ProcedureVersion), versions)
    await session.execute(insert(EditEntry), entries)


async def _refresh(
    session: AsyncSession,
    code: str,
    content: Content,
    present: tuple[str | None, str | None],
    *,
    report: ImportReport,
    now: datetime,
) -> None:
    state, digest = present
    if state != State.LISTED:
        report.kept += 1
        return
    if digest == _digest(content):
        report.unchanged += 1
        return
    procedure = await session.get_one(Procedure, code, with_for_update=True)
    number = procedure.next_number()
    old = (ProcedureVersion.procedure == code) & (ProcedureVersion.number == procedure.current_number)
    await session.execute(update(ProcedureVersion).where(old).values(state=State.SUPERSEDED))
    procedure.current_number, procedure.name, procedure.name_en = number, content.name, content.name_en
    procedure.field, procedure.levels = content.field, list(content.levels)
    await session.flush()
    await session.execute(insert(ProcedureVersion), [_listed(code, number, content, now)])
    await session.execute(insert(EditEntry), [_line(code, "import_updated", digest, content, now)])
    report.updated += 1


def _listed(code: str, number: int, content: Content, now: datetime) -> dict[str, Any]:
    national = {**(content.national or {}), "digest": _digest(content)}
    marked = stored(replace(content, national=national))
    return {
        "procedure": code,
        "number": number,
        "state": State.LISTED,
        "content": marked,
        "created_at": now,
        "created_by": IMPORT.name,
        "published_at": now,
        "version": 1,
    }


def _line(code: str, action: str, old: str | None, content: Content, now: datetime) -> dict[str, Any]:
    new = {"name": content.name, "digest": _digest(content)}
    return {
        "at": now,
        "entity": "procedure",
        "entity_id": code,
        "procedure": code,
        "action": action,
        "author": IMPORT.name,
        "decision": (content.national or {}).get("decision"),
        "old": {"digest": old} if old else None,
        "new": new,
    }


def _digest(content: Content) -> str:
    said = stored(content)
    if not said["agreed"]:  # the national record has none: what was imported before this part stays the same
        del said["agreed"]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
