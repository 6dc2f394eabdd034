"""Ask clamd whether a file is clean; without one, say honestly that nothing was scanned."""

import io

from aioclamd import BufferTooLongError, ClamdAsyncClient, ClamdConnectionError, ClamdError

from intake.ports import ScanVerdict

_ANSWERS = {"OK": "clean", "FOUND": "infected"}


class Clamd:
    """A clamd daemon reached over TCP."""

    def __init__(self, host: str, port: int, timeout: float = 20) -> None:
        self._client = ClamdAsyncClient(host, port, timeout)

    async def scan(self, data: bytes) -> ScanVerdict:
        """Return clean, infected, not_scanned (clamd refused the file) or pending (clamd is away)."""
        try:
            answer = await self._client.instream(io.BytesIO(data))
        except (ClamdConnectionError, OSError) as error:
            return ScanVerdict("pending", type(error).__name__)
        except ClamdError as error:  # "size limit exceeded" is no proof of being clean
            note = "size limit" if isinstance(error, BufferTooLongError) else str(error)
            return ScanVerdict("not_scanned", note)
        if not answer:
            return ScanVerdict("pending", "no answer")
        word, signature = answer["stream"]
        return ScanVerdict(_ANSWERS.get(word, "not_scanned"), signature or "")


class NoScanner:
    """No antivirus is configured."""

    async def scan(self, data: bytes) -> ScanVerdict:
        """Return not_scanned."""
        return ScanVerdict("not_scanned", "")
