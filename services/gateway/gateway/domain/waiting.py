"""The page of somebody who must wait: it asks again by itself, and whoever does not want to wait may ask at once."""

from collections.abc import Mapping
from typing import Any, Final

Json = dict[str, Any]
AGAIN_AFTER: Final = "1%START_TIME(%1f)%"
"""Ten to nineteen seconds, another number for each who asks: a crowd sent away together must not come back together."""
AGAIN: Final = {"retry-after": AGAIN_AFTER}
BUSY: Final = {
    "vi": "Rất nhiều người đang dùng hệ thống. Hãy thử lại sau ít giây.",
    "en": "Very many people are using the system. Try again in a few seconds.",
}
_MEANWHILE: Final = {
    "vi": "Trang này tự mở lại sau ít giây; bạn không cần làm gì.",
    "en": "This page opens again by itself in a few seconds; you need do nothing.",
}
_FIRST: Final = {
    "vi": " Việc nộp hồ sơ được ưu tiên và vẫn nhận.",
    "en": " Submitting a dossier goes first.",
}
"""Said to a crowd alone: where a service is away, nothing is taken from anybody."""
_NOW: Final = {"vi": "Thử lại ngay", "en": "Try again now"}
_PAGE: Final = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title></head><body><main>{vi}{en}</main></body></html>"
)
_SAID: Final = (
    '<div lang="{lang}"><{heading}>{words}</{heading}><p>{meanwhile}</p><p><a href="">{now}</a></p>'
    "<p>{incident}: <code>%REQ(X-REQUEST-ID)%</code></p></div>"
)


def waiting_page(words: Mapping[str, str], incident: Mapping[str, str]) -> Json:
    """Write the page in both languages, Vietnamese first; `words` say why there is nothing yet."""
    said = {
        lang: _SAID.format(
            lang=lang,
            heading=heading,
            words=words[lang],
            meanwhile=_MEANWHILE[lang] + (_FIRST[lang] if dict(words) == BUSY else ""),
            now=_NOW[lang],
            incident=incident[lang],
        )
        for lang, heading in (("vi", "h1"), ("en", "h2"))
    }
    text = _PAGE.format(title=words["vi"], **said)
    return {"content_type": "text/html; charset=utf-8", "text_format_source": {"inline_string": text}}
