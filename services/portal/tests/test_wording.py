"""Every sentence of the interface exists in both languages."""

import re

from portal.adapters.rendering import load_english
from portal_stage.wording import PACKAGE, sentences

PARTS = re.compile(r"\{(\w+)\}")


def test_every_sentence_has_an_english_one() -> None:
    english = load_english()
    assert [f"{file}: {text}" for text, file in sentences().items() if text not in english] == []


def test_no_english_sentence_is_left_over() -> None:
    sources = [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    assert [key for key in load_english() if key not in text] == []


def test_both_languages_name_the_same_parts() -> None:
    wrong = {
        vi: en for vi, en in load_english().items() if sorted(PARTS.findall(vi)) != sorted(PARTS.findall(en))
    }
    assert wrong == {}


def test_the_collector_sees_a_missing_sentence() -> None:
    english = load_english()
    english.pop("Tra cứu hồ sơ")
    assert "Tra cứu hồ sơ" in [text for text in sentences() if text not in english]
