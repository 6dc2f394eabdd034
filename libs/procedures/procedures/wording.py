"""How money and time limits are said in front of people, in Vietnamese and English."""

from typing import Final

from regulation.clock import Rule
from regulation.durations import Duration

from procedures.vocabulary import FeeStatus

NOTHING_DUE: Final = {"vi": "Không thu", "en": "No fee"}
NOTHING_PUBLISHED: Final = {"vi": "Chưa công bố", "en": "Not published"}
_OPEN: Final = {
    FeeStatus.FREE_NATIONALLY: {
        "vi": "Trung ương miễn; xem nghị quyết của tỉnh",
        "en": "Free by national rules; see the province's resolution",
    },
    FeeStatus.SET_BY_PROVINCE: {
        "vi": "Theo nghị quyết của tỉnh",
        "en": "Set by the province's resolution",
    },
    FeeStatus.SET_BY_LAW: {"vi": "Theo quy định của pháp luật", "en": "Set by law"},
}
_SAME_DAY: Final = {
    "vi": "Ngay trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo",
    "en": "The same day; received after 15:00, the next working day",
}
_CURRENCIES: Final = {"VND": {"vi": "đồng", "en": "dong"}}


def money(amount: int, lang: str = "vi", currency: str = "VND") -> str:
    """Write a sum as papers print it: `75.000 đồng`, `75,000 dong`, `20 USD`."""
    grouped = f"{amount:,}"
    unit = _CURRENCIES.get(currency, {}).get(lang, currency)
    return f"{grouped if lang == 'en' else grouped.replace(',', '.')} {unit}"


def open_fee_words(status: FeeStatus, lang: str) -> str:
    """Say what is known of a fee that is no number."""
    return _OPEN.get(status, NOTHING_PUBLISHED)[lang]


def limit_words(text: str, rule: Rule | None, duration: Duration | None, lang: str) -> str:
    """Say a time limit: the published text, or where the language has none, what rule and amount say."""
    if lang == "vi" and text:
        return text
    if rule is Rule.SAME_DAY_15H:
        return _SAME_DAY[lang]
    return duration.words(lang) if duration else text
