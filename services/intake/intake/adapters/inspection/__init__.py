"""Look inside files: what they are by content, and whether anything in them is shut, broken or alive."""

from intake.adapters.inspection.archives import inspect_archive, is_archive
from intake.adapters.inspection.pdfs import inspect_pdf, is_pdf
from intake.adapters.inspection.pictures import inspect_picture, jpeg_of, picture_kind
from intake.domain.attachments import FileFacts


class ContentInspector:
    """Tells kinds by content and opens each file with the parser of its kind."""

    def inspect(self, data: bytes) -> FileFacts:
        """Return what the content is and what is wrong with it."""
        if kind := picture_kind(data):
            return inspect_picture(data, kind)
        if is_archive(data):
            return inspect_archive(data)
        return inspect_pdf(data) if is_pdf(data) else FileFacts(None)

    def rendition(self, data: bytes) -> bytes | None:
        """Return a JPEG of a picture that browsers do not show; None for every other file."""
        return jpeg_of(data)
