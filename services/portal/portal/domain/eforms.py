"""Lays the questions of a published e-form out for the eye; what they mean is the e-form library's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from eforms import Choice as Listed
from eforms import Form, Page, Question, Row, Settled, Text, boxes, settle, told_answer
from eforms.kinds import kind_of
from eforms.kinds.choosing import LEVELS
from eforms.kinds.days import ENDS

from portal.domain.fields import Choice, Field
from portal.domain.texts import Say

KINDS = {
    "long_text": "long_text",
    "number": "number",
    "money": "number",
    "yes_no": "radios",
    "one_of": "radios",
    "many_of": "checkboxes",
    "code_list": "select",
    "date": "date",
    "phone": "tel",
    "email": "email",
    "address": "address",
    "file": "files",
    "photo": "files",
    "explanation": "explanation",
    "calculated": "explanation",
    "declaration": "agree",
    "period": "boxes",
    "two_level": "boxes",
    "land_parcel": "boxes",
    "bank_account": "boxes",
    "group": "boxes",
}
WIDTHS = {"number": "10", "money": "10", "identity_number": "20", "phone": "20", "time": "5"}
BOXES = {
    "from": "Từ ngày",
    "to": "Đến ngày",
    "first": "Mục lớn",
    "second": "Mục nhỏ",
    "parcel": "Số thửa",
    "sheet": "Số tờ bản đồ",
    "commune": "Xã, phường",
    "bank": "Ngân hàng",
    "number": "Số tài khoản",
    "holder": "Chủ tài khoản",
}
PARTLY = {
    "year": "Không biết ngày, tháng thì chỉ ghi năm.",
    "month": "Không biết ngày thì chỉ ghi tháng và năm.",
}
"""What is said of a date of which a part is enough."""
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class FormPage:
    """One page of a form: its place in the journey, its words and its questions."""

    id: str
    title: str
    section: str
    number: int
    count: int
    fields: tuple[Field, ...]
    lang: str = "vi"


def tongue(text: Text, lang: str) -> str:
    """Say in which language a text stands where the page is in ``lang``."""
    return "en" if lang == "en" and text.en != text.vi else "vi"


@dataclass(frozen=True)
class FormReader:
    """Lays out one form in one language; ``today`` is the local date, by which ages are counted."""

    form: Form
    lang: str
    say: Say
    today: date

    def page(self, page_id: str, answers: Answers, problems: Mapping[str, str]) -> FormPage:
        """Make one page of questions with their answers and complaints. Raises: StopIteration."""
        page, settled = self._page(page_id), settle(self.form, answers, self.today)
        here = {question.name for question in page.questions}
        fields = [
            self._needed(self._conditional(self._field(question, answers, settled, problems), here), here)
            for question in page.questions
            if settled.asks(question.name)
            or question.widget == "calculated"
            or self._rows(question.name, here)
        ]
        number, words = (
            self.form.pages.index(page) + 1,
            (page.title.told(self.lang), page.section.told(self.lang)),
        )
        return FormPage(
            page_id, *words, number, len(self.form.pages), tuple(fields), tongue(page.title, self.lang)
        )

    def _page(self, page_id: str) -> Page:
        return next(page for page in self.form.pages if page.id == page_id)

    def _field(
        self, question: Question, answers: Answers, settled: Settled, problems: Mapping[str, str]
    ) -> Field:
        name = question.name
        values = settled.answers if question.widget == "calculated" else answers
        asked = {needed for row in self._rows(name) for needed in row.require}
        field = self.field(question, values.get(name), required=name in settled.required | asked)
        like = question.like
        offered = like.label.told(self.lang) if like and like.condition is None else ""
        liked = bool(like and values.get(name) and values.get(name) == values.get(like.source))
        return replace(field, error=problems.get(name, ""), like=offered, liked=liked)

    def field(self, question: Question, value: Any, prefix: str = "", *, required: bool = False) -> Field:
        """Make one question; ``prefix`` stands before the names of its boxes."""
        text = question.text or question.label
        typed = boxes(question, value, prefix)
        name, shown = prefix + question.name, typed.get(prefix + question.name, "")
        told = question.widget == "calculated"
        return Field(
            name=name,
            label=f"{text.told(self.lang)}: {self.told(question, value) or '–'}"
            if told
            else text.told(self.lang),
            kind=KINDS.get(question.widget, "text"),
            value=shown if isinstance(shown, str) else "",
            values=tuple(shown) if isinstance(shown, list) else (),
            parts={key.removeprefix(f"{name}-"): str(box) for key, box in typed.items() if key != name},
            hint=self._hint(question),
            why=question.why.told(self.lang),
            choices=self.choices(question),
            required=required,
            autocomplete=question.autocomplete,
            width=WIDTHS.get(question.widget, ""),
            lang="" if tongue(question.label, self.lang) == self.lang else "vi",
            component=question.component,
            boxes=self._boxes(question, value, name, typed),
        )

    def asked(self, question: Question, value: Any, prefix: str = "") -> Field:
        """Make one question of a form that is shown whole; what another answer makes needed is said to be."""
        made = self.field(question, value, prefix, required=question.name in self.form.required)
        return self._needed(made, set(self.form.questions), question.name)

    def _needed(self, made: Field, here: set[str], name: str = "") -> Field:
        """Tell of a question that an answer of the same page may make needed when that is so."""
        own = name or made.name
        rows = [row for row in self.form.rows if own in row.require and own not in row.show]
        told = [
            self._when(row, "Cần trả lời nếu “{question}” là {answer}.")[1]
            for row in rows
            if _reads(row, here)
        ]
        if made.required or not told:
            return made
        return replace(made, required=True, hint=" ".join(filter(None, (made.hint, *told))))

    def _hint(self, question: Question) -> str:
        """Say how to answer: the form's own words, then the unit, or that a part of a date is enough."""
        unit = self.say("Đơn vị: {unit}", unit=question.unit) if question.unit else ""
        part = self.say(PARTLY[question.precision]) if question.precision in PARTLY else ""
        taken = question.like.label.told(self.lang) if question.like and question.like.condition else ""
        return " ".join(text for text in (question.hint.told(self.lang), unit, part, taken) if text)

    def _boxes(
        self, question: Question, value: Any, name: str, typed: Mapping[str, Any]
    ) -> tuple[Field, ...]:
        """Make the questions inside one that takes several: the rows of a group, the ends of a period."""
        if question.children:
            rows = list(value) if isinstance(value, list) else []
            return tuple(
                self._in_row(
                    self.field(child, row.get(child.name), f"{name}-{place}-", required=child.required), place
                )
                for place, row in enumerate([*rows, {}][: max(question.most, len(rows))])
                for child in question.children
            )
        if KINDS.get(question.widget) != "boxes":
            return ()
        parts = ENDS if question.widget == "period" else kind_of(question.widget).parts
        return tuple(self._box(question, part, name, typed) for part in parts)

    def _in_row(self, field: Field, place: int) -> Field:
        """Number the questions of every row but the first, so that they are told apart when heard."""
        return replace(field, label=f"{field.label} ({place + 1})") if place else field

    def _box(self, question: Question, part: str, name: str, typed: Mapping[str, Any]) -> Field:
        own = f"{name}-{part}"
        inner = {
            key.removeprefix(f"{own}-"): str(box) for key, box in typed.items() if key.startswith(f"{own}-")
        }
        choices: tuple[Choice, ...] = ()
        if part in LEVELS:
            below = [one for top in question.choices for one in top.choices]
            choices = self._listed(question.choices if part == LEVELS[0] else tuple(below))
        kind = "date" if part in ENDS else "select" if choices else "text"
        value = str(typed.get(own, ""))
        return Field(own, self.say(BOXES[part]), kind, value, parts=inner, choices=choices)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """List what can be chosen, in words."""
        if question.widget == "yes_no":
            return (Choice("true", self.say("Có")), Choice("false", self.say("Không")))
        return self._listed(question.choices)

    def _listed(self, choices: tuple[Listed, ...]) -> tuple[Choice, ...]:
        return tuple(Choice(choice.value, choice.label.told(self.lang)) for choice in choices)

    def _rows(self, name: str, here: set[str] | None = None) -> list[Row]:
        """List the rows that show a question, only those that hang on a question of this page if one is given."""
        rows = [row for row in self.form.rows if name in row.show]
        if here is None:
            return rows
        return [row for row in rows if _reads(row, here)]

    def _conditional(self, asked: Field, here: set[str]) -> Field:
        """Tell a question that hangs on one answer of the same page when it counts."""
        for row in self._rows(asked.name, here):
            where, told = self._when(row, "Chỉ trả lời nếu “{question}” là {answer}.")
            if told:
                return replace(asked, show_when=where, condition=told)
        return asked

    def _when(self, row: Row, sentence: str) -> tuple[str, str]:
        """Say, for the browser and in words, when a row counts that hangs on one answer; else nothing."""
        condition = row.conditions[0]
        plain = condition.operator in ("equals", "in") and condition.value is not None
        if len(row.conditions) != 1 or not plain or condition.age_at or condition.days_after:
            return "", ""
        source, value = self.form.questions[condition.field], condition.value
        wanted = [_written(one) for one in (value if isinstance(value, list) else [value])]
        words = [choice.label for choice in self.choices(source) if choice.value in wanted]
        told = self.say(sentence).format(question=source.label.told(self.lang), answer=" / ".join(words))
        return f"{source.name}={'|'.join(wanted)}", told

    def told(self, question: Question, value: Any) -> str:
        """Say an answer in words."""
        return told_answer(question, value, self.lang)


def _reads(row: Row, here: set[str]) -> bool:
    return any(condition.fields & here for condition in row.conditions)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
