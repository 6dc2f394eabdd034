"""What the vault refuses, said in Vietnamese and English."""

from common.errors import ConflictError, NotFoundError


class VaultNotKeptError(NotFoundError):
    """The province keeps no vault. Source: BD Đ.1.1.a; HN Đ.1."""

    code = "vault-not-kept"
    vi = "Tỉnh chưa lập kho quản lý dữ liệu điện tử."
    en = "The province keeps no data vault."


class PaperNotFoundError(NotFoundError):
    """No such paper in the vault that the caller may use."""

    code = "vault-paper-not-found"
    vi = "Không tìm thấy giấy tờ này trong kho."
    en = "This paper was not found in the vault."


class PaperNotReusableError(ConflictError):
    """A paper that expired, was revoked, replaced or withheld."""

    code = "vault-paper-not-reusable"
    vi = "Không dùng lại được giấy tờ này. {reason}"
    en = "This paper cannot be used again. {reason_en}"


class PaperDoesNotFitError(ConflictError):
    """A paper of another type than the component."""

    code = "vault-paper-does-not-fit"
    vi = "Giấy tờ trong kho không phải loại mà thành phần “{component}” yêu cầu."
    en = "The paper in the vault is not of the type that “{component}” asks for."


class PaperAlreadyTakenError(ConflictError):
    """The same paper stands for the component already."""

    code = "vault-paper-already-taken"
    vi = "Giấy tờ này đã có trong hồ sơ."
    en = "This paper is in the dossier already."


class ResultStaysError(ConflictError):
    """A result is kept whatever its owner wishes. Source: QT Đ.20.2; R-VLT-08."""

    code = "vault-result-stays"
    vi = "Kết quả giải quyết luôn được giữ và dùng lại được; chỉ giấy tờ bạn tự nộp mới có thể thôi dùng lại."
    en = "A result always stays and can be used again; only papers you gave yourself can be withheld."


class DatesContradictError(ConflictError):
    """A paper is not issued in days to come, does not expire before it was issued, nor both expire and last."""

    code = "vault-dates-contradict"
    status = 422
    vi = (
        "Ngày cấp ở sau hôm nay, ngày hết hiệu lực không phù hợp với ngày cấp, hoặc giấy tờ vừa có thời hạn vừa không "
        "thời hạn."
    )
    en = (
        "The day of issue is to come, the day of expiry does not fit it, or the paper both expires and lasts."
    )
