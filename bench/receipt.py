"""One signed receipt, typeset and sealed as the desk issues it, in processor time."""

import asyncio
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from documents.demo_ca import make_demo_ca
from documents.folder import FolderSigner
from documents.signing import PdfSigner
from documents.typesetting import render_pdf
from documents.verifying import verify_pdf
from eforms import Text
from intake.adapters.printing import PaperPrinter
from intake.domain.papers import AT_THE_DESK, Paper, frame, letterhead
from procedures import Appointment, Charge, DeskContact
from suite.testing.folders import private_folder

from bench.findings import Finding
from bench.machine import family, rss_of

PAPERS, TARGET = 40, 40.0
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


APPLICANT = {
    "name": "Nguyễn Thị Ánh",
    "address": "Số 5 đường Tràng An",
    "phone": "09",
    "email": "a@b.vn",
}


def content() -> dict[str, Any]:
    """Return what a receipt of a birth registration says."""
    head = letterhead(
        "UBND phường Hoa Lư",
        "UBND tỉnh Ninh Bình",
        DeskContact(address="Số 5 đường Tràng An", phone="0229", email=""),
    )
    limit = Text("Ngay trong ngày", "The same day")
    promised = Appointment(limit, sets=1, fee=Charge(), papers=(AT_THE_DESK[1],) * 3)
    return {
        **frame(head, Paper.RECEIPT, NOW, "http://127.0.0.1:8080/tra-cuu/H42.101-261121-0001"),
        "procedure": "Thủ tục đăng ký khai sinh",
        "procedure_code": "1.001193",
        "field": "Hộ tịch",
        "applicant": APPLICANT,
        "channel": "Trực tuyến",
        "code": "H42.101-261121-0001",
        "result_address": "",
        "number": "H42.101/GTN",
        "received_at": "10 giờ 00 ngày 21 tháng 11 năm 2026",
        "submitted_at": "09 giờ 12 ngày 21 tháng 11 năm 2026",
        "due_at": "17 giờ 00 ngày 23 tháng 11 năm 2026",
        "sentence": "Nhận trước 15:00 nên trả trong ngày làm việc.",
        "limit": "Ngay trong ngày",
        "officer": "motcua.hoalu",
        "verification_code": "ABCD-EFGH-JKLM-NPQR",
        "verification_url": "http://127.0.0.1:8080/xac-minh/ABCD-EFGH-JKLM-NPQR",
        "components": [
            {"name": f"Giấy tờ số {n}", "files": [f"anh-{n}.jpg"], "kind": "Bản chụp"} for n in range(6)
        ],
        "appointment": promised.kept(),
    }


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the processor milliseconds one piece of work takes, the median of many."""
    took = []
    for _ in range(PAPERS):
        begun = time.process_time()
        work()
        took.append((time.process_time() - begun) * 1000)
    return sorted(took)[PAPERS // 2]


def run() -> list[Finding]:
    """Issue receipts one after another, check one, and sign an empty page beside it."""
    folder, said = private_folder("seals"), content()
    printer = PaperPrinter(FolderSigner(folder, demonstration=True))

    def issue() -> bytes:
        return asyncio.run(printer.print("receipt", said, "H42.101", True, NOW)).pdf

    pdf = issue()
    report = verify_pdf(pdf, (folder / "ca.cert.pem").read_bytes())
    if not report.valid:
        raise RuntimeError(f"the receipt's signature does not hold: {report}")
    ours = cpu_ms(issue)
    authority, empty = make_demo_ca(NOW), render_pdf("#set page(width: 5cm)\n.", {})
    signer = PdfSigner(*authority.issue("bench", "bench"), authority.ca_cert_pem)
    raw = cpu_ms(lambda: signer.sign(empty, "r", "n", "l", NOW))
    shutil.rmtree(folder, ignore_errors=True)
    note = f"{len(pdf) // 1024} KB with QR code and twelve lines, PAdES signature checked"
    return [
        Finding(
            "signed receipt PDF, CPU",
            ours,
            "ms",
            "≤ 40 ms",
            ours <= TARGET,
            raw,
            "signing an empty page",
            rss_of(family()[:1]),
            note,
        )
    ]
