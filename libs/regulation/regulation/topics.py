"""What questions and feedback are about, in the words that everybody reads."""

from collections.abc import Mapping
from typing import Final

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
