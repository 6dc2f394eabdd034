"""Asking an applicant for what is missing: the same questions for who drafts it and for the desk that sends it."""

from portal.adapters.http import Json
from portal.api.forms import Posted

FREE_ROWS = range(1, 3)
NEEDED = {"reason": "Nêu lý do bằng lời dễ hiểu", "guidance": "Ghi rõ người nộp cần làm gì"}
"""Texts that must be given, with the complaint where they are not."""


def asked_of(form: Posted) -> Json:
    """Read which components are chosen with which note, and what is asked for beside them."""
    chosen = [name.removeprefix("item-") for name in form.typed() if name.startswith("item-")]
    free = [(form.text(f"free-{n}"), form.text(f"basis-{n}")) for n in FREE_ROWS]
    return {
        "reason": form.text("reason"),
        "guidance": form.text("guidance"),
        "items": [{"component": name, "note": form.text(f"note-{name}")} for name in chosen],
        "free_items": [{"text": text, "legal_basis": basis} for text, basis in free if text],
    }
