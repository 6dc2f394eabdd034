"""Print the desk's papers with typst from the templates of this service."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from documents.folder import FolderSigner, Holder
from documents.typesetting import qr_svg, render_pdf
from regulation.zone import local

from intake.ports import SealedPaper

_FOLDER = files("intake") / "documents"
_REASONS = {
    "receipt": "Tiếp nhận hồ sơ và hẹn trả kết quả",
    "supplement": "Yêu cầu bổ sung, hoàn thiện hồ sơ",
    "refusal": "Từ chối tiếp nhận giải quyết hồ sơ",
}


class PaperPrinter:
    """Prints `documents/<kind>.typ` on the common letterhead and seals it where asked."""

    def __init__(self, seals: FolderSigner) -> None:
        self._seals = seals

    def can_sign(self, agency: str) -> bool:
        """Tell whether a certificate for the agency is at hand."""
        return self._seals.can_sign(_holder_id(agency))

    async def print(
        self, kind: str, content: Mapping[str, Any], agency: str, sign: bool, at: datetime
    ) -> SealedPaper:
        """Return the paper as PDF, signed for the agency when asked; the work is done in a thread."""
        return await asyncio.to_thread(self._print, kind, content, agency, sign, at)

    def _print(
        self, kind: str, content: Mapping[str, Any], agency: str, sign: bool, at: datetime
    ) -> SealedPaper:
        sealed_at = f"{local(at):%d-%m-%Y %H:%M:%S} +07:00" if sign else ""
        data = {**content, "qr": qr_svg(content["tracking_url"]), "sealed_at": sealed_at}
        pdf = render_pdf(_text("base.typ") + _text(f"{kind}.typ"), data)
        if not sign:
            return SealedPaper(pdf)
        holder = Holder(_holder_id(agency), str(content["agency"]), agency)
        sealed = self._seals.sign(pdf, holder, _REASONS.get(kind, kind), str(content["place"]), at)
        return SealedPaper(sealed, holder.name)


def _holder_id(agency: str) -> str:
    return f"agency-{agency}"


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
