"""Look inside files: what they are by content, and whether anything in them is shut, broken or alive."""

from files.inspection.archives import inspect_archive, is_archive
from files.inspection.pdfs import inspect_pdf, is_pdf
from files.inspection.pictures import inspect_picture, picture_kind
from files.refusals import FileFacts


def look_into(data: bytes) -> FileFacts:
    """Return what the content is and what is wrong with it, by the parser of its kind."""
    if kind := picture_kind(data):
        return inspect_picture(data, kind)
    if is_archive(data):
        return inspect_archive(data)
    return inspect_pdf(data) if is_pdf(data) else FileFacts(None)
