"""The one way to publication: everything that goes public is masked, doubted, looked at twice and checked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from common.errors import FieldProblem, InvalidInputError
from regulation.text import cleaned_line

from qa.domain.errors import PublicationDoubtfulError
from qa.domain.masking import (
    CITED,
    Found,
    doubtful_in,
    expect_masked,
    expect_unnamed,
    masked,
    masked_citations,
    own_words,
)

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Public:
    """What of a question or feedback goes public: texts of the sender, which name nobody, and answers of an office."""

    theirs: tuple[str, ...]
    ours: tuple[str, ...]

    def pieces(self, told: Told) -> dict[str, str]:
        """Return every piece of text that goes public, by its name; of each citation what people write."""
        texts = {name: str(told.get(name) or "") for name in (*self.theirs, *self.ours)}
        for place, one in enumerate(told.get("citations", ())):
            texts |= {f"citations.{place}.{name}": one[name] for name in CITED}
        return texts

    def suggested(self, told: Told, person: Told | None) -> dict[str, Any]:
        """Return what goes public with everything masked that was found. Source: TN Đ.16.1; R-QNA-22"""
        own = own_words(person)
        texts = {name: masked(told.get(name) or "", own) for name in (*self.theirs, *self.ours)}
        return texts | {"citations": masked_citations(told.get("citations", ()), own)}

    def doubts(self, told: Told, person: Told | None) -> list[Found]:
        """Return every place that somebody has to look at. Source: TN Đ.16.1; R-QNA-22"""
        own = own_words(person)
        return [one for name, text in self.pieces(told).items() for one in doubtful_in(name, text, own)]

    def expect(self, told: Told, person: Told | None) -> None:
        """Refuse what tells who asked or sent; numbers and e-mails not in their own words either.

        Raises: PersonalDataLeftError.
        Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22; R-FBK-13
        """
        own = own_words(person)
        for name, text in self.pieces(told).items():
            if name in self.theirs:
                expect_masked({name: text}, own)
            else:
                expect_unnamed(name, text, own)

    def expect_seen(self, told: Told, person: Told | None, *, seen: bool) -> None:
        """Refuse the same, and what may tell of anybody until whoever proposes it looked at these places.

        Raises: PersonalDataLeftError, PublicationDoubtfulError.
        Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22; R-FBK-13
        """
        self.expect(told, person)
        if not seen and (found := self.doubts(told, person)):
            here = [one.text for one in found if one.field == found[0].field]
            places = ", ".join(here[:10])
            raise PublicationDoubtfulError(field=found[0].field, rule="doubtful", found=places)


ANSWERS: Final = Public(("title", "question"), ("answer", "no_citation_reason", "position"))
RESULTS: Final = Public(("title", "text"), ("result",))


def mended_citations(
    kept: Sequence[Told], mended: Sequence[Mapping[str, str | None]]
) -> list[dict[str, Any]]:
    """Return citations as they go public: the same texts, in the words somebody gave for them.

    Raises: InvalidInputError where others are given than the answer has.
    """
    if len(kept) != len(mended):
        vi, en = "Văn bản trích dẫn không khớp câu trả lời.", "These are not the citations of the answer."
        raise InvalidInputError([FieldProblem("citations", "citations", vi, en)])
    return [
        {**one, **{name: cleaned_line(said) for name, said in words.items() if said is not None}}
        for one, words in zip(kept, mended, strict=True)
    ]
