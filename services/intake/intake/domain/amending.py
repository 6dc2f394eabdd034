"""Amending unasked: what the applicant may change of a submitted dossier, and when."""

from common.errors import DomainError, ForbiddenError


class AmendedOnRequestOnlyError(ForbiddenError):
    """The province's regulation lets the applicant change a submitted dossier on the agency's request alone.

    Source: NB Đ.15.1; TN Đ.11.4.c; R-SUB-16
    """

    code = "amended-on-request-only"
    vi = "Theo quy chế của tỉnh, hồ sơ đã nộp chỉ được sửa, bổ sung khi cơ quan yêu cầu."
    en = "Under the province's regulation a submitted dossier is amended on the agency's request only."


class NothingAmendedError(DomainError):
    """Neither an answer nor a file differs from what was handed in."""

    code = "nothing-amended"
    vi = "Chưa có gì khác với hồ sơ đã nộp."
    en = "Nothing differs from what was handed in."


def must_be_unasked(allowed: bool) -> None:
    """Refuse where the profile waits for the agency's request.

    Raises: AmendedOnRequestOnlyError.
    Source: NB Đ.15.1; TN Đ.11.4.c; HN Đ.5.2; BD Đ.15.4; QT Đ.15.3; R-SUB-16
    """
    if not allowed:
        raise AmendedOnRequestOnlyError(rule="submission.amend")
