"""Vietnamese text: one stored form, search without marks, sorting of names, numbers and dates in words."""

from regulation.text.cleaning import cleaned, cleaned_line, name_key, one_apostrophe, one_hyphen
from regulation.text.folding import fold, has_diacritics, nfc, tone_folded
from regulation.text.numbers import MAIL, NUMBER, number_key, without_numbers
from regulation.text.questions import Finding, TextRule, refusals, review_question, warnings
from regulation.text.sorting import sort_key
from regulation.text.words import (
    LANGUAGES,
    Lang,
    date_words,
    form_date,
    money_words,
    number_words,
    short_date,
    short_instant,
)

__all__ = [
    "LANGUAGES",
    "MAIL",
    "NUMBER",
    "Finding",
    "Lang",
    "TextRule",
    "cleaned",
    "cleaned_line",
    "date_words",
    "fold",
    "form_date",
    "has_diacritics",
    "money_words",
    "name_key",
    "nfc",
    "number_key",
    "number_words",
    "one_apostrophe",
    "one_hyphen",
    "refusals",
    "review_question",
    "short_date",
    "short_instant",
    "sort_key",
    "tone_folded",
    "warnings",
    "without_numbers",
]
