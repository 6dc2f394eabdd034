"""What is wrong is told the same way everywhere: said to be a mistake, tied to what it is about."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "portal" / "templates"
BY_HAND = re.compile(r'<p class="govuk-error-message"(?![^>]*role="alert")')
ASKED = re.compile(r"""mistake\((?:"(\w+)"|(\w+)), """)
MACROS = {"ui.html", "forms.html"}


def by_hand(text: str) -> list[str]:
    """Find messages that are written out where the macro would tie them to their field."""
    return BY_HAND.findall(text)


def untied(text: str) -> list[str]:
    """Find messages that no field is described by."""
    told = {quoted or f"{{{{ {variable} }}}}" for quoted, variable in ASKED.findall(text)}
    described = " ".join(re.findall(r'aria-describedby="([^"]*)"', text.replace('" }}"', "")))
    return sorted(place for place in told if f"{place}-error" not in described)


def test_r_ux_03_every_mistake_is_said_to_be_one_and_tied_to_its_field() -> None:
    written = {file: file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.html")}
    assert {file.name: found for file, text in written.items() if (found := untied(text))} == {}
    texts = {file.name: text for file, text in written.items() if file.name not in MACROS}
    assert {name: found for name, text in texts.items() if (found := by_hand(text))} == {}


def test_the_reading_sees_a_message_written_out_and_one_that_describes_nothing() -> None:
    assert by_hand('<p class="govuk-error-message">x</p>') != []
    assert untied('{{ ui.mistake("way", wrong.way) }}<input id="way">') == ["way"]


def test_a_day_is_typed_in_one_way_everywhere() -> None:
    own = [file.name for file in TEMPLATES.rglob("*.html") if 'type="date"' in file.read_text("utf-8")]
    assert own == [], "a browser's own box shows days as its language does, not as people here write them"
