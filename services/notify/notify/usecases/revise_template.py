"""Let an operator write a new version of a notice's text, after a trial in the sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from common.errors import NotFoundError, StaleVersionError
from common.security import Caller
from regulation.roles import Right, who_may
from regulation.text import LANGUAGES, Lang, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.channels import SMS_LENGTH
from notify.domain.errors import SmsTooLongError, TemplateFaultyError
from notify.domain.notice import DossierFacts, dossier_values
from notify.models import TemplateVersion
from notify.ports import Renderer


@dataclass(frozen=True)
class Texts:
    """Subject, body and text message, each in `vi` and `en`."""

    subject: dict[str, str]
    body: dict[str, str]
    sms: dict[str, str]


def sample_values() -> Mapping[Lang, Mapping[str, Any]]:
    """Return every field a template may use, filled with an invented dossier."""
    at = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
    words: dict[Lang, str] = {
        "vi": "Ủy ban nhân dân phường Hoa Lư",
        "en": "People's Committee of Hoa Lu ward",
    }
    facts = DossierFacts(
        code="H42.101-261123-0001",
        procedure={"vi": "Đăng ký khai sinh", "en": "Birth registration"},
        agency=words,
        competent=words,
        forwarded=True,
        due_at=at,
        recipients=(),
        complete=True,
        settled_by="H42.101",
        desk="H42.101",
    )
    more = {
        "number": 1,
        "answer_by": "30/11/2026",
        "way": "x",
        "officer": "x",
        "open_count": 3,
        "feedback": "PA-1",
        "place": "x",
        "waiting": 3,
        "late": 1,
        "answered": 1,
        "desks": ["x"],
        "document": "12/QĐ-UBND",
        "due": "30/11/2026",
        "owed": True,
        "procedures": "x",
    }
    told = {"papers": ["x"], "lines": ["x"], "result_channel": "counter", "signed": True}
    return dossier_values(facts, lambda lang: {**more, **told, "at": short_instant(at, lang)}, at)


async def revise_template(
    session: AsyncSession,
    caller: Caller,
    kind: str,
    *,
    version: int,
    texts: Texts,
    seeds: Mapping[str, Mapping[str, Any]],
    renderer: Renderer,
    now: datetime,
) -> TemplateVersion:
    """Add the version after `version`; notices already written keep their text.

    Raises:
        ForbiddenError: the caller is no operator.
        NotFoundError: there is no such notice.
        StaleVersionError: somebody wrote a newer version meanwhile.
        TemplateFaultyError: a text does not render or asks for an unknown field.
        SmsTooLongError: the text message does not fit.

    Source: NB Đ.13.1.a; R-NTF-01
    """
    caller.require(*who_may(Right.EDIT_NOTICES))
    if kind not in seeds:
        raise NotFoundError
    newest = (await queries.newest_templates(session, [kind])).get(kind)
    if version != (newest.version if newest else 1):
        raise StaleVersionError(field="version")
    _try_out(texts, renderer)
    row = TemplateVersion(
        kind=kind,
        version=version + 1,
        subject=texts.subject,
        body=texts.body,
        sms=texts.sms,
        created_by=caller.subject,
        created_at=now,
    )
    session.add(row)
    return row


def _try_out(texts: Texts, renderer: Renderer) -> None:
    values = sample_values()
    for part in ("subject", "body", "sms"):
        written: dict[str, str] = getattr(texts, part)
        for lang in LANGUAGES:
            if not written.get(lang, "").strip():
                raise TemplateFaultyError(field=f"{part}.{lang}", part=f"{part}.{lang}", reason="empty")
            if part == "subject" and len(written[lang].splitlines()) > 1:
                raise TemplateFaultyError(field=f"{part}.{lang}", part=f"{part}.{lang}", reason="one line")
            shown = renderer.text(written[lang], values[lang], lang)
            if part == "sms" and len(shown) > SMS_LENGTH:
                raise SmsTooLongError(field=f"sms.{lang}", length=len(shown), limit=SMS_LENGTH)
