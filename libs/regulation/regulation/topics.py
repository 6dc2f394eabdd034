"""What questions and feedback are about, in the words that everybody reads."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from regulation.text import Lang

TOPICS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "legal_rules": {"vi": "Quy định của pháp luật", "en": "Legal rules"},
    "policies": {"vi": "Cơ chế, chính sách", "en": "Mechanisms and policies"},
    "procedures": {
        "vi": "Thủ tục hành chính, dịch vụ công trực tuyến",
        "en": "Procedures and online services",
    },
    "investment": {"vi": "Cơ hội đầu tư", "en": "Investment opportunities"},
    "other": {"vi": "Thông tin khác", "en": "Other information"},
}
"""Topics of questions (chủ đề). Source: NB Đ.18.2.a; TN Đ.14.2; R-QNA-07"""
CATEGORIES: Final[Mapping[str, Mapping[Lang, str]]] = {
    "procedure": {"vi": "Quy định, thủ tục hành chính", "en": "Rules and procedures"},
    "online_service": {"vi": "Dịch vụ công trực tuyến", "en": "Online services"},
    "conduct": {"vi": "Thái độ, hành vi của cán bộ", "en": "Conduct of officers"},
    "system": {"vi": "Hoạt động của hệ thống", "en": "The system itself"},
    "suggestion": {"vi": "Góp ý, đề xuất", "en": "Suggestions and proposals"},
}
"""What feedback is about (phân loại). Source: TN Đ.18.3; QT Đ.24.4; R-FBK-07"""


class Theme(NamedTuple):
    """A theme of the synthesis for the People's Committee: its words, and what questions and feedback count to it."""

    words: Mapping[Lang, str]
    topics: frozenset[str]
    categories: frozenset[str]


THEMES: Final[Mapping[str, Theme]] = {
    "procedure": Theme(
        {"vi": "Thủ tục, giấy tờ", "en": "Procedures and papers"},
        frozenset({"procedures", "legal_rules"}),
        frozenset({"procedure"}),
    ),
    "online": Theme(
        {"vi": "Nộp, theo dõi trực tuyến", "en": "Filing and tracking online"},
        frozenset(),
        frozenset({"online_service", "system"}),
    ),
    "conduct": Theme({"vi": "Thái độ, cách làm việc", "en": "Conduct"}, frozenset(), frozenset({"conduct"})),
    "other": Theme(
        {"vi": "Việc khác", "en": "Something else"},
        frozenset({"policies", "investment", "other"}),
        frozenset({"suggestion"}),
    ),
}
"""Themes whose counts follow from topics and categories; payment and delay are found by reading only.

Source: BD Đ.13.4; HN Đ.9.4; NB Đ.22.4; R-FBK-14
"""
