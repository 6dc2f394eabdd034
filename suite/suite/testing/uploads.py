"""Files as people and programs make them, for tests of what is taken and what is not."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf
import pillow_heif
from files.scanning import Scan, ScanVerdict
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **save: Any) -> bytes:
    """Return a one-page PDF."""
    made, out = pikepdf.Pdf.new(), io.BytesIO()
    made.add_blank_page()
    if change:
        change(made)
    made.save(out, **save)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (90, 60), **save: Any) -> bytes:
    """Return a plain picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "#fff7e0").save(out, kind, **save)
    return out.getvalue()


def large_jpeg(width: int, height: int) -> bytes:
    """Return a small JPEG whose header claims a large picture, as a scanner's blank page does."""
    data = picture("JPEG")
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + height.to_bytes(2) + width.to_bytes(2) + data[place + 4 :]


def office(
    part: str = "word/document.xml", kind: str = WORD, relation: str = OFFICE, **more: bytes | str
) -> bytes:
    """Return an Office file with its main part anywhere."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="t"><Default Extension="rels" ContentType="r"/>'
        f'<Override PartName="/{part}" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="r"><Relationship Id="1" Type="{relation}" Target="{part}"/>'
        "</Relationships>",
        part: "<w/>",
    } | {name.replace("__", "/"): content for name, content in more.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def heic() -> bytes:
    """Return a picture as an iPhone keeps it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "navy")).save(out, quality=50)
    return out.getvalue()


class FakeScanner:
    """Finds EICAR's name, and can be away or unable."""

    def __init__(self) -> None:
        self.answer: ScanVerdict | None = None

    async def scan(self, data: bytes) -> ScanVerdict:
        """Return what the test wants, else what the file says of itself."""
        if self.answer is not None:
            return self.answer
        found = b"EICAR" in data
        return ScanVerdict(Scan.INFECTED, "Eicar-Test") if found else ScanVerdict(Scan.CLEAN)
