"""What is known of malware in a file, and which files stay shut for that."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from common.errors import DomainError, ForbiddenError


class Scan(StrEnum):
    """What is known of malware in a file (quét mã độc); a pending one is asked about again."""

    CLEAN = "clean"
    INFECTED = "infected"
    PENDING = "pending"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True)
class ScanVerdict:
    """What the antivirus said; of an infected file the signature."""

    state: Scan
    note: str = ""


class Scanner(Protocol):
    """Looks for malware (quét mã độc)."""

    async def scan(self, data: bytes) -> ScanVerdict:
        """Return the verdict; never raises, an unreachable scanner is `pending`."""
        ...


class FileNotOpenableError(DomainError):
    """A file that was not found clean stays shut."""

    code = "file-not-scanned"
    status = 409
    vi = "Tệp chưa được quét mã độc ({scan}). Cần xác nhận trước khi mở."
    en = "The file was not scanned for malware ({scan}). Confirm before opening it."


class FileQuarantinedError(ForbiddenError):
    """An infected file is opened by nobody."""

    code = "file-quarantined"
    vi = "Tệp có mã độc và đã bị cách ly."
    en = "The file carries malware and is quarantined."


def refuse_shut(scan: str, *, required: bool, confirmed: bool) -> None:
    """Keep a file shut that is infected, waits for the scanner, or was never scanned and not confirmed.

    Where scanning is `required`, nobody's confirmation opens what no scanner saw.

    Raises:
        FileQuarantinedError, FileNotOpenableError: as their names say.

    Source: NB Đ.24.4; BD Đ.4.4; HN Đ.6.4; R-SEC-05
    """
    if scan == Scan.INFECTED:
        raise FileQuarantinedError
    if scan == Scan.CLEAN:
        return
    if scan == Scan.PENDING or required or not confirmed:
        raise FileNotOpenableError(field="unscanned", rule="scanned", scan=scan)
