"""What a published procedure may not be, said in Vietnamese and in English."""

from typing import ClassVar

from regulation.errors import RegulationError


class ProcessTooLongError(RegulationError):
    """The steps together take longer than the published limit. Source: TN Đ.11.4.b; R-PRC-02"""

    code: ClassVar[str] = "process-too-long"
    vi: ClassVar[str] = (
        "Tổng thời gian các bước là {total} giờ làm việc, vượt thời hạn công bố {limit} giờ làm việc."
    )
    en: ClassVar[str] = (
        "The steps take {total} working hours together, more than the published {limit} working hours."
    )


class ConditionUnreadableError(RegulationError):
    """A step's condition cannot be read. Source: QT Đ.9.1; R-PRC-01"""

    code: ClassVar[str] = "condition-unreadable"
    vi: ClassVar[str] = "Không đọc được điều kiện của bước: {condition}."
    en: ClassVar[str] = "The condition of the step cannot be read: {condition}."
