"""What is handed in, and what happens next, told to the applicant at the moment of submission."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from regulation.channels import OFFERED
from regulation.roles import Right
from regulation.text import Lang, short_instant

from intake.domain.entry import Entry
from intake.domain.vault import VAULT


@dataclass(frozen=True)
class Submission:
    """What the applicant hands in: a draft, or everything at once."""

    agency: str = ""
    procedure_code: str = ""
    procedure_version: int = 0
    case: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    declaration_accepted: bool = False
    declaration_version: str = ""
    result_channel: str | None = None
    result_address: str | None = None
    draft_id: uuid.UUID | None = None
    draft_version: int = 0
    files: tuple[tuple[str, str, str], ...] = ()
    submitter: Mapping[str, Any] = field(default_factory=dict)
    """Who acts for the applicant; empty for who applies himself."""
    entry: Entry | None = None
    """How it came in that an officer writes down for somebody; None for who submits for themselves online."""

    @property
    def right(self) -> Right:
        """The right that handing it in asks for."""
        return Right.ACCEPT_DOSSIER if self.entry else Right.SUBMIT_DOSSIER

    @property
    def reuses(self) -> bool:
        """Whether a paper of it came out of the vault. Source: requirements §D I-20; R-VLT-01"""
        return any(source == VAULT for _, source, _ in self.files)


def next_steps(lang: Lang, check_due_at: datetime, channel: str) -> list[str]:
    """Return what will happen, in order, with its times.

    Source: TN Đ.11.3.a; R-SUB-15
    """
    by = short_instant(check_due_at, lang)
    if lang == "vi":
        return [
            f"Bộ phận một cửa kiểm tra hồ sơ chậm nhất {by}.",
            "Hồ sơ đầy đủ sẽ có Giấy tiếp nhận hồ sơ và hẹn trả kết quả; nếu thiếu, bạn được hướng dẫn bổ sung.",
            f"Kết quả: {OFFERED[channel][lang]}.",
        ]
    return [
        f"The one-stop desk checks your dossier by {by}.",
        "If it is complete you get a receipt with the appointment; if not, you are told what to add.",
        f"Result: {OFFERED[channel][lang]}.",
    ]


def answer_text(code: str, filed: Mapping[str, Any], now: datetime, paper_id: uuid.UUID, lang: Lang) -> str:
    """Return what a submission is answered with, as JSON; `code` may stand for one that is not known yet."""
    return orjson.dumps(
        {
            "code": code,
            "agency": filed["receiving_point"],
            "submitted_at": now,
            "check_due_at": filed["check_due_at"],
            "confirmation_url": f"/api/intake/dossiers/{code}/documents/{paper_id}",
            "next_steps": next_steps(lang, filed["check_due_at"], filed["result_channel"]),
        },
        option=orjson.OPT_UTC_Z,
    ).decode()
