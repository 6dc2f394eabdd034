"""Every refusal the suite can give, each with a stable code and a sentence in Vietnamese and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from regulation.text import Lang


class _Params(dict[str, object]):
    """Message parameters; a missing one shows as an ellipsis, because an error must never fail while it is told."""

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True)
class FieldProblem:
    """One field of an input that breaks one rule, told in both languages."""

    field: str
    rule: str
    vi: str
    en: str

    def message(self, lang: Lang) -> str:
        """Tell the problem in one language."""
        return self.vi if lang == "vi" else self.en


class DomainError(Exception):
    """A rule said no. Subclass per rule; `vi` and `en` are `str.format` templates filled from the parameters."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    vi: ClassVar[str] = "Yêu cầu không được chấp nhận."
    en: ClassVar[str] = "The request was refused."
    retry_after: int = 0  # seconds; nothing is told where it is 0

    def __init__(self, *, field: str | None = None, rule: str | None = None, **params: object) -> None:
        # Only the code reaches str(): parameters may hold personal data and exceptions end in logs.
        super().__init__(self.code)
        self.field = field
        self.rule = rule
        self.params = params

    def message(self, lang: Lang) -> str:
        """Tell the refusal in one language."""
        return (self.vi if lang == "vi" else self.en).format_map(_Params(self.params))

    def problems(self) -> Sequence[FieldProblem]:
        """List the fields at fault, none when the refusal is about no field."""
        if self.field is None and self.rule is None:
            return ()
        return (
            FieldProblem(self.field or "", self.rule or self.code, self.message("vi"), self.message("en")),
        )

    def headers(self) -> Mapping[str, str]:
        """Give the HTTP headers this refusal adds to its answer."""
        return {"Retry-After": str(self.retry_after)} if self.retry_after else {}


class NotFoundError(DomainError):
    """The thing asked for does not exist, or must look so to the caller."""

    code = "not-found"
    status = 404
    vi = "Không tìm thấy nội dung được yêu cầu."
    en = "What you asked for was not found."


class ForbiddenError(DomainError):
    """The caller is known and may not do this."""

    code = "forbidden"
    status = 403
    vi = "Bạn không có quyền thực hiện việc này."
    en = "You are not allowed to do this."


class PasswordChangeRequiredError(ForbiddenError):
    """The caller must set an own password before anything else."""

    code = "password-change-required"
    vi = "Bạn phải đổi mật khẩu trước khi tiếp tục."
    en = "You must change your password before you continue."


class SecondFactorRequiredError(ForbiddenError):
    """The caller must show, or get, a second factor before anything else."""

    code = "second-factor-required"
    vi = "Bạn phải xác thực hai bước trước khi tiếp tục."
    en = "You must confirm it is you with your second factor before you continue."


class StepUpRequiredError(ForbiddenError):
    """What the caller is about to do needs a second factor shown just now."""

    code = "step-up-required"
    vi = "Hãy xác thực hai bước lại ngay trước khi làm việc này."
    en = "Confirm it is you with your second factor again before you do this."


class AccountLimitedError(ForbiddenError):
    """The caller may look at what is the caller's own, and change nothing."""

    code = "account-limited"
    vi = "Tài khoản này hiện chỉ được xem, không thực hiện được việc này. Lý do có ở trang Tài khoản."
    en = "This account may only be looked at for now. The account page says why."


class UnauthenticatedError(DomainError):
    """Nobody is signed in, or the token does not hold."""

    code = "unauthenticated"
    status = 401
    vi = "Bạn cần đăng nhập để tiếp tục."
    en = "You need to sign in to continue."

    def headers(self) -> Mapping[str, str]:
        """Name the scheme a client must use."""
        return {"WWW-Authenticate": "Bearer"}


class ConflictError(DomainError):
    """The change does not fit the present state."""

    code = "conflict"
    status = 409
    vi = "Thao tác không phù hợp với trạng thái hiện tại."
    en = "The action does not fit the present state."


class StaleVersionError(ConflictError):
    """Somebody else changed the row first."""

    code = "stale-version"
    vi = "Dữ liệu đã được người khác cập nhật. Hãy tải lại trang rồi thực hiện lại."
    en = "Somebody else has changed this. Reload the page and try again."


class TooManyRequestsError(DomainError):
    """The caller must wait before the next try."""

    code = "too-many-requests"
    status = 429
    vi = "Bạn thao tác quá nhanh. Hãy thử lại sau {retry_after} giây."
    en = "Too many attempts. Try again in {retry_after} seconds."

    def __init__(self, retry_after: int = 60, **params: object) -> None:
        super().__init__(field=None, rule=None, retry_after=retry_after, **params)
        self.retry_after = retry_after


class UnavailableError(DomainError):
    """Something this answer needs is not reachable now."""

    code = "unavailable"
    status = 503
    vi = "Hệ thống tạm thời chưa sẵn sàng. Hãy thử lại sau ít phút."
    en = "The system is not available right now. Try again in a few minutes."
    retry_after = 5


class NoSpaceError(DomainError):
    """There is no room left to keep what was sent."""

    code = "no-space"
    status = 507
    vi = "Hệ thống đã hết chỗ lưu trữ nên chưa nhận được nội dung này. Quản trị viên đã được báo; hãy thử lại sau."
    en = "There is no storage left to take this. The operators are told; try again later."
    retry_after = 300


class InvalidInputError(DomainError):
    """One or more fields of the input break a rule."""

    code = "invalid-input"
    vi = "Thông tin gửi lên chưa hợp lệ. Hãy xem lại các mục được nêu."
    en = "Some of the information is not valid. Check the fields listed."

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        super().__init__()
        self._problems = tuple(problems)

    def problems(self) -> Sequence[FieldProblem]:
        """List the fields at fault."""
        return self._problems
