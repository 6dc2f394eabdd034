"""Looking up without signing in: a dossier by its code, a paper by its verification code."""

from datetime import datetime
from typing import Any, Final

import orjson
from common.api import DatabaseDep, LangDep
from common.api.deps import preferred_language
from common.api.problems import problem
from common.errors import NotFoundError
from fastapi import APIRouter
from live import Place
from procedures.vocabulary import told
from pydantic import BaseModel
from regulation.codes import (
    DossierCode,
    UnreadableDossierCodeError,
    UnreadableVerificationCodeError,
    VerificationCode,
)
from regulation.text import Lang, short_instant

from intake.api.deps import MeansDep
from intake.domain.errors import DossierNotFoundError
from intake.domain.labels import revocation_sentence, state_label, state_tone
from intake.domain.masking import mask_name
from intake.domain.papers import TITLES, Paper
from intake.queries.tracking import paper_of, public_state

router = APIRouter(prefix="/api/intake", tags=["public"])


LEGAL_VALUE: Final = {
    "vi": "Văn bản điện tử có chữ ký số hợp lệ có giá trị pháp lý như văn bản giấy.",
    "en": "An electronic document with a valid digital signature has the same legal value as a paper one.",
}


class TrackingOut(BaseModel):
    """What the holder of a code sees; no personal data but a masked name."""

    code: str
    state: str
    state_label: str
    tone: str
    procedure_name: str
    agency_name: str
    step: str | None
    due_at: datetime | None
    due_sentence: str
    extended_until: datetime | None
    owner_masked: str
    updated_at: datetime


class VerificationOut(BaseModel):
    """Whether a paper is genuine and counts: signature, signer, what it is, since when it counts no more."""

    valid: bool
    signer: str | None
    signed_at: datetime | None
    document_kind: str
    document_name: str
    dossier_code: str
    agency: str
    agency_name: str
    problem: str | None
    legal_value: str
    revoked_at: datetime | None
    replaced_by: str | None
    revocation_sentence: str


@router.get("/tracking/{code}")
async def track(code: str, database: DatabaseDep, means: MeansDep, lang: LangDep) -> TrackingOut:
    """Look a dossier up; unknown, malformed and foreign codes get the same answer."""
    try:
        wanted = DossierCode.parse(code, means.rules.code_pattern).format(means.rules.code_pattern)
    except UnreadableDossierCodeError:
        raise DossierNotFoundError from None
    row = await public_state(await database.pool(), wanted)
    if row is None:
        raise DossierNotFoundError
    return tracked(row, lang)


def tracked(row: Any, lang: Lang) -> TrackingOut:
    """Show the public columns of a dossier."""
    return TrackingOut(
        code=row["code"],
        state=row["state"],
        state_label=state_label(row["state"], lang),
        tone=state_tone(row["state"]),
        procedure_name=told(row["name"], row["name_en"] or "", lang),
        agency_name=told(row["agency"] or "", row["agency_en"] or "", lang),
        step=_step(row, lang),
        due_at=row["due_at"],
        due_sentence=_sentence(row, lang),
        extended_until=row["extended_until"],
        owner_masked=mask_name(row["applicant_name"]),
        updated_at=row["updated_at"],
    )


def _step(row: Any, lang: Lang) -> str | None:
    if not row["step_name"]:
        return None
    name = told(row["step_name"], row["step_name_en"] or "", lang)
    return f"{row['step_no']}/{row['step_count']} · {name}"


def _sentence(row: Any, lang: Lang) -> str:
    """Return the explained due date, or until when the desk checks when nothing is promised yet."""
    if row["due_sentence"]:
        return str(orjson.loads(row["due_sentence"])[lang])
    by = short_instant(row["check_due_at"], lang)
    if lang == "vi":
        return f"Bộ phận một cửa kiểm tra hồ sơ chậm nhất {by}."
    return f"The one-stop desk checks the dossier by {by}."


def followed(pattern: str) -> Place:
    """Return what may be kept of the look-ups: the same for everybody who reads one language, whoever asks."""

    def spelt(code: str) -> str | None:
        try:
            return DossierCode.parse(code, pattern).format(pattern)
        except UnreadableDossierCodeError:
            return None

    return Place(
        "/api/intake/tracking/",
        "/api/intake/tracking/{code}",
        spelt,
        lambda headers: preferred_language(headers.get("accept-language")),
        lambda request: problem(request, DossierNotFoundError()),
    )


@router.get("/verifications/{code}")
async def verify(code: str, database: DatabaseDep, means: MeansDep, lang: LangDep) -> VerificationOut:
    """Validate the signature of the paper that carries this code.

    Source: BD Đ.9.2.b; QT Đ.25.6; R-RES-07
    """
    try:
        wanted = VerificationCode.parse(code)
    except UnreadableVerificationCodeError:
        raise NotFoundError from None
    row = await paper_of(await database.pool(), wanted)
    if row is None:
        raise NotFoundError
    signature = await means.signatures.check(await means.files.get(row["sha256"]))
    revoked_at, number, replaced_by = row["revoked_at"], row["revoked_by"], row["replaced_by"]
    valid = signature.valid and revoked_at is None
    return VerificationOut(
        valid=valid,
        signer=signature.signer or row["signer"],
        signed_at=signature.signed_at,
        document_kind=row["kind"],
        document_name=TITLES[Paper(row["kind"])][lang],
        dossier_code=row["dossier_code"],
        agency=row["agency"],
        agency_name=row["agency_name"] or row["agency"],
        problem=signature.problem,
        legal_value=LEGAL_VALUE[lang] if valid else "",
        revoked_at=revoked_at,
        replaced_by=replaced_by,
        revocation_sentence=revocation_sentence(revoked_at, number, replaced_by, lang) if revoked_at else "",
    )
