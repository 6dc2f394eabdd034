"""Why notify refuses something."""

from common.errors import ConflictError, DomainError


class DossierNotKnownYetError(ConflictError):
    """The fact about a dossier arrived before the dossier itself; the message is tried again later."""

    code = "dossier-not-known-yet"
    vi = "Chưa nhận được thông tin hồ sơ {dossier}."
    en = "Dossier {dossier} has not arrived yet."


class ProcedureNotKnownYetError(ConflictError):
    """The notice needs the procedure's papers and fees, which have not arrived; it is tried again later."""

    code = "procedure-not-known-yet"
    vi = "Chưa nhận được thông tin thủ tục {procedure}."
    en = "Procedure {procedure} has not arrived yet."


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
