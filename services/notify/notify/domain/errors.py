"""Why notify refuses something."""

from common.errors import ConflictError, DomainError


class TemplateFaultyError(DomainError):
    """A template does not render: a mistake in its text or a field that does not exist."""

    code = "template-faulty"
    vi = "Mẫu thông báo có lỗi ở “{part}”: {reason}."
    en = "The template has a mistake in “{part}”: {reason}."


class SmsTooLongError(DomainError):
    """A text message must fit one message without personal data. Source: TN Đ.19.2; R-NTF-14"""

    code = "sms-too-long"
    vi = "Tin nhắn dài {length} ký tự, tối đa {limit}."
    en = "The text message has {length} characters, at most {limit}."


class NothingToUrgeError(ConflictError):
    """The agency has no dossier that is overdue."""

    code = "nothing-to-urge"
    vi = "Cơ quan {agency} hiện không có hồ sơ quá hạn."
    en = "Agency {agency} has no overdue dossier at present."


class JustUrgedError(ConflictError):
    """The agency was reminded a moment ago."""

    code = "just-urged"
    vi = "Cơ quan vừa được đôn đốc lúc {at}. Có thể đôn đốc lại sau một giờ."
    en = "The agency was urged at {at} already. It can be urged again after an hour."


class FutureCallError(ConflictError):
    """A call is written down after it was made."""

    code = "future-call"
    vi = "Giờ gọi không được ở tương lai."
    en = "A call cannot have been made in the future."


class OldCallError(ConflictError):
    """What is written down long afterwards proves nothing."""

    code = "old-call"
    vi = "Chỉ ghi cuộc gọi trong {days} ngày gần nhất."
    en = "Only calls of the last {days} days are written down."


class ForeignOfficerError(DomainError):
    """An agency wants an officer of another agency told; nobody is notified."""

    code = "foreign-officer"
    vi = "Cán bộ {officer} không thuộc cơ quan {agency}."
    en = "The officer {officer} does not belong to agency {agency}."


class ForeignDossierError(DomainError):
    """An agency told of a dossier that another agency settles; nobody is notified."""

    code = "foreign-dossier"
    vi = "Hồ sơ {dossier} không thuộc thẩm quyền của cơ quan {agency}."
    en = "The dossier {dossier} is not one that agency {agency} settles."
