"""The papers of a dossier as they leave intake: each component with what the desk found and its files."""

from collections.abc import Sequence

from files.kinds import ON_SCREEN, USUAL, accepted_kinds, picker, spoken
from procedures import Procedure
from regulation.text import Lang

from intake.api.dossier_shapes import ComponentOut, FileOut
from intake.models import Attachment, ChecklistItem, Dossier


def components_out(
    procedure: Procedure,
    dossier: Dossier,
    files: Sequence[Attachment],
    found: dict[str, ChecklistItem],
    lang: Lang,
) -> list[ComponentOut]:
    """Return the papers of the dossier's case with verdicts and files, then those outside the published list."""
    listed = [
        ComponentOut(
            id=item.id,
            name=item.label(lang),
            required=item.required,
            filled_by_form=procedure.filled_by_form(item),
            verdict=found[item.id].verdict if item.id in found else None,
            note=found[item.id].note if item.id in found else "",
            files=[_file(file) for file in files if file.component_id == item.id],
            accepts=picker(accepted_kinds(item.accepts)),
            kinds=spoken(accepted_kinds(item.accepts)),
        )
        for item in procedure.papers(dossier.case_id)
    ]
    known = {item.id for item in listed}
    extra = dict.fromkeys(file.component_id for file in files if file.component_id not in known)
    return listed + [
        ComponentOut(
            id=name,
            name=name,
            required=False,
            filled_by_form=False,
            verdict=None,
            note="",
            files=[_file(file) for file in files if file.component_id == name],
            accepts=picker(USUAL),
            kinds=spoken(USUAL),
        )
        for name in extra
    ]


def _file(file: Attachment) -> FileOut:
    return FileOut(
        id=file.id,
        name=file.name,
        size=file.size,
        media_type=file.media_type,
        on_screen=file.media_type in ON_SCREEN or file.rendition_sha256 is not None,
        source=file.source,
        scan=file.scan,
        round=file.round,
        uploaded_at=file.uploaded_at,
        replaced=file.replaced_at is not None,
    )
