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
        return {}


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

    def headers(self) -> Mapping[str, str]:
        """Say how many seconds to wait."""
        return {"Retry-After": str(self.retry_after)}


class UnavailableError(DomainError):
    """Something this answer needs is not reachable now."""

    code = "unavailable"
    status = 503
    vi = "Hệ thống tạm thời chưa sẵn sàng. Hãy thử lại sau ít phút."
    en = "The system is not available right now. Try again in a few minutes."

    def headers(self) -> Mapping[str, str]:
        """Ask the client to come back soon."""
        return {"Retry-After": "5"}


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
