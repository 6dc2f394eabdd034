"""What an applicant's page calls each paper: the result that counts first, and no two by the same words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from answers.intake import DocumentOut

from portal.domain.texts import Say

RESULT = "result"


def papers(documents: Sequence[DocumentOut], say: Say) -> list[tuple[DocumentOut, str]]:
    """Give the papers with the words of their links: valid results, what else is valid, what counts no more."""
    ordered = sorted(documents, key=lambda paper: (bool(paper.revoked_at), paper.kind != RESULT))
    return list(zip(ordered, _distinct(_words(paper, say) for paper in ordered), strict=True))


def _words(paper: DocumentOut, say: Say) -> str:
    if paper.revoked_at:
        return say("{name} – hết giá trị (PDF)", name=paper.name)
    return (
        say("Tải kết quả: {name} (PDF)", name=paper.name) if paper.kind == RESULT else f"{paper.name} (PDF)"
    )


def _distinct(texts: Iterable[str]) -> Iterator[str]:
    """Number every text that stood before."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen[text] += 1
        yield text if seen[text] == 1 else f"{text} – {seen[text]}"
