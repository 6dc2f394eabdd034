"""The way a stranger's file goes: looked into, scanned, kept as sent, shown as a picture, handed out again."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, Protocol

from files.kinds import JPEG, clean_name
from files.refusals import FileFacts, Limits, refuse_content
from files.scanning import Scan, Scanner, ScanVerdict, refuse_shut
from files.secrecy import refuse_secret
from files.turns import Turns


class FileInspector(Protocol):
    """Looks inside a file without trusting its name."""

    def inspect(self, data: bytes) -> FileFacts:
        """Return what the content is and what is wrong with it; CPU only."""
        ...

    def rendition(self, data: bytes) -> bytes | None:
        """Return a JPEG of a picture that browsers do not show, None when there is none to make; CPU only."""
        ...


class Stored(Protocol):
    """The address of what a store took."""

    @property
    def sha256(self) -> str:
        """The digest by which it is found again."""
        ...


class Store(Protocol):
    """A store of files by what they contain, with a quarantine beside it."""

    async def put(self, data: bytes) -> Stored:
        """Store what may be read."""
        ...

    async def quarantine(self, data: bytes) -> Stored:
        """Store what nobody may read until it is promoted."""
        ...

    async def quarantined(self, sha256: str) -> bytes:
        """Read from quarantine, for the scanner only."""
        ...

    async def promote(self, sha256: str) -> None:
        """Take a file out of quarantine."""
        ...

    async def get(self, sha256: str) -> bytes:
        """Read what may be read."""
        ...


class KeptFile(Protocol):
    """A row that names a file which was taken."""

    name: str
    media_type: str
    sha256: str
    rendition_sha256: str | None
    scan: str


class Taken(NamedTuple):
    """A file that was looked into and is stored; one that is infected lies in quarantine for good."""

    name: str
    size: int
    media_type: str
    sha256: str
    verdict: ScanVerdict
    rendition: str | None = None
    """The digest of the JPEG for the viewer."""

    @property
    def infected(self) -> bool:
        """Whether nobody may have it, and who answers for the place must be told."""
        return self.verdict.state == Scan.INFECTED


class Handed(NamedTuple):
    """What goes out to a browser."""

    data: bytes
    name: str
    media_type: str


@dataclass(frozen=True)
class Reception:
    """Where files of strangers come in: who looks into them, who scans, where they are kept, how large they may be."""

    inspector: FileInspector
    scanner: Scanner
    store: Store
    limits: Limits = field(default_factory=Limits)
    scanning_required: bool = False
    """Whether nobody's confirmation opens a file that no scanner saw."""
    turns: Turns = field(default_factory=Turns)
    """Whose file is looked into next."""

    async def take(self, name: str, data: bytes, kinds: Collection[str], *, by: str) -> Taken:
        """Look into a file whose size was judged, have it scanned and store it; outside of any transaction.

        `by` is the account or the network it comes from: files that take long delay those of the same sender only.

        Raises:
            FileRefusedError: the subclass names what is wrong with the file.
            FilesBusyError: so many wait that one more would wait too long.

        Source: NB Đ.14.2.a; NB Đ.24.4; R-SUB-05, R-SEC-05, R-SEC-17
        """
        facts = await self.turns.run(by, partial(self.inspector.inspect, data))
        refuse_secret(clean_name(name), facts)
        refuse_content(clean_name(name), facts, kinds, self.limits)
        verdict = await self.scanner.scan(data)
        kind = facts.media_type or ""
        plain = Taken(clean_name(name, kind), len(data), kind, hashlib.sha256(data).hexdigest(), verdict)
        # a file the scanner has not seen yet waits in quarantine until it has
        shut = verdict.state in (Scan.INFECTED, Scan.PENDING)
        await (self.store.quarantine if shut else self.store.put)(data)
        return plain if plain.infected else plain._replace(rendition=await self._rendition(data, by))

    async def _rendition(self, data: bytes, by: str) -> str | None:
        """Keep the JPEG by which a picture is shown and return its digest; the file itself stays as sent."""
        made = await self.turns.run(by, partial(self.inspector.rendition, data), admitted=True)
        return (await self.store.put(made)).sha256 if made else None

    async def look_again(self, sha256: str) -> ScanVerdict:
        """Ask the scanner about a file that waits in quarantine; one that is not infected comes out of it.

        Source: NB Đ.24.4; BD Đ.4.4; HN Đ.6.4; R-SEC-05
        """
        verdict = await self.scanner.scan(await self.store.quarantined(sha256))
        if verdict.state not in (Scan.PENDING, Scan.INFECTED):
            await self.store.promote(sha256)
        return verdict

    def expect_open(self, file: KeptFile, *, confirmed: bool) -> None:
        """Refuse a file that stays shut. Raises: FileQuarantinedError, FileNotOpenableError."""
        refuse_shut(file.scan, required=self.scanning_required, confirmed=confirmed)

    async def fetch(self, file: KeptFile, *, on_screen: bool) -> Handed:
        """Read a file that may be opened: as it was sent, or the JPEG of a picture browsers do not show."""
        if on_screen and file.rendition_sha256:
            return Handed(await self.store.get(file.rendition_sha256), f"{file.name}.jpg", JPEG)
        return Handed(await self.store.get(file.sha256), file.name, file.media_type)
