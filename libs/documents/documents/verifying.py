"""Check the digital signature of a paper."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from documents.loops import beside_the_loop


@dataclass(frozen=True)
class SignatureReport:
    """What a check of a signed paper found; `problem` says in one word why it does not hold."""

    valid: bool
    intact: bool
    trusted: bool
    signer: str | None
    signed_at: datetime | None
    problem: str | None


def without_signature(problem: str) -> SignatureReport:
    """Return the report on a paper whose signature says nothing, for one of these reasons.

    `unreadable`, `unsigned`, `broken`, `no-authority`.
    """
    return SignatureReport(False, False, False, None, None, problem)


def verify_pdf(pdf: bytes, ca_pem: bytes) -> SignatureReport:
    """Check that the last signature covers the whole paper, is unbroken and comes from the given authority.

    Right from anywhere, but it takes about 15 ms of CPU: call it in a thread.
    """
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    except Exception:
        return without_signature("unreadable")
    if not found:
        return without_signature("unsigned")
    return _report(found[-1], ca_pem)


def _report(signature: Any, ca_pem: bytes) -> SignatureReport:
    context = ValidationContext(
        trust_roots=list(load_certs_from_pemder_data(ca_pem)),
        allow_fetching=False,
    )
    try:
        status = beside_the_loop(validate_pdf_signature, signature, context)
    except Exception:
        return without_signature("broken")
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    intact = bool(status.intact and status.valid and whole)
    signer = status.signing_cert.subject.native.get("common_name")
    problem = None if intact and status.trusted else ("untrusted" if intact else "changed")
    signed_at = status.signer_reported_dt
    return SignatureReport(
        bool(intact and status.trusted), intact, bool(status.trusted), signer, signed_at, problem
    )
