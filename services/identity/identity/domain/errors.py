"""The refusals of this service, each a sentence a citizen or an officer can act on."""

from common.errors import ConflictError, DomainError, ForbiddenError, TooManyRequestsError


class SignInRefusedError(DomainError):
    """The same words for a wrong password, an unknown name and a closed account. Source: R-ACC-24."""

    code = "sign-in-refused"
    status = 401
    vi = "Tên đăng nhập hoặc mật khẩu không đúng."
    en = "The sign-in name or the password is not right."


class SignInLockedError(TooManyRequestsError):
    """Too many failures in a row; the lock opens by itself. Source: R-ACC-24."""

    code = "sign-in-locked"
    vi = "Có quá nhiều lần đăng nhập không thành công. Hãy thử lại sau {minutes} phút."
    en = "Too many sign-in attempts failed. Try again in {minutes} minutes."


class WorkRequiredError(DomainError):
    """After some failures a try costs work, or patience where no browser works. Source: R-ACC-24."""

    code = "work-required"
    vi = "Đã có vài lần đăng nhập sai. Hãy nhập lại mật khẩu rồi bấm Đăng nhập; nếu vẫn chưa được, đợi {seconds} giây."
    en = "Some sign-ins failed. Enter the password again and sign in; if that does not help, wait {seconds} seconds."


class WorkWrongError(DomainError):
    """The work was not done, too late, or spent before."""

    code = "work-wrong"
    vi = "Phần kiểm tra tự động đã hết hạn. Hãy nhập lại mật khẩu và đăng nhập lại."
    en = "The automatic check has expired. Enter the password and sign in again."


class PasswordTooWeakError(DomainError):
    """The password is short, common, or contains the person's own data."""

    code = "password-too-weak"
    vi = "Mật khẩu phải có từ {least} đến {most} ký tự, không phải mật khẩu thường gặp và không chứa thông tin của bạn."
    en = "A password has {least} to {most} characters, is not a common one and does not hold your own data."


class PasswordUnchangedError(DomainError):
    """The new password is the old one."""

    code = "password-unchanged"
    vi = "Mật khẩu mới phải khác mật khẩu hiện tại."
    en = "The new password must differ from the current one."


class CurrentPasswordWrongError(DomainError):
    """The current password was not right."""

    code = "current-password-wrong"
    vi = "Mật khẩu hiện tại không đúng."
    en = "The current password is not right."


class AccountClosingError(ConflictError):
    """The account is being closed already."""

    code = "account-closing"
    vi = "Tài khoản này đang được đóng."
    en = "This account is being closed already."


class OfficerAccountError(ForbiddenError):
    """An officer's account belongs to the agency, which closes it."""

    code = "officer-account"
    vi = "Tài khoản cán bộ do cơ quan đóng."
    en = "An officer's account is closed by the agency."


class CodeWrongError(DomainError):
    """The one-time code is wrong, used or too old; which of them is not told."""

    code = "code-wrong"
    vi = "Mã xác nhận không đúng hoặc đã hết hạn. Hãy kiểm tra lại hoặc yêu cầu mã mới."
    en = "The code is wrong or has expired. Check it or ask for a new one."


class CodeExhaustedError(TooManyRequestsError):
    """The code was tried too often."""

    code = "code-exhausted"
    vi = "Mã xác nhận đã bị nhập sai quá nhiều lần. Hãy yêu cầu mã mới."
    en = "The code was entered wrongly too often. Ask for a new one."


class CodeSentTooOftenError(TooManyRequestsError):
    """A new code was asked for too soon or too often."""

    code = "code-sent-too-often"
    vi = "Mã vừa được gửi. Hãy đợi {seconds} giây rồi yêu cầu lại."
    en = "A code was sent just now. Wait {seconds} seconds before asking again."


class CodeNotDeliveredError(DomainError):
    """The mail server did not take the message."""

    code = "code-not-delivered"
    status = 503
    vi = "Chưa gửi được mã xác nhận. Hãy thử lại sau ít phút hoặc dùng thư điện tử khác."
    en = "The code could not be sent. Try again in some minutes or use another e-mail address."


class AccountExistsError(ConflictError):
    """One person has one account; it is found again, not made again. Source: R-ACC-01; R-ACC-05."""

    code = "account-exists"
    vi = "Thông tin này đã có tài khoản. Hãy đăng nhập, hoặc lấy lại mật khẩu tại {recovery}."
    en = "An account already uses this. Sign in, or recover the password at {recovery}."


class LocalSignUpDisabledError(ForbiddenError):
    """The province takes citizens from the national electronic identity only. Source: QT Đ.14.1; R-ACC-01."""

    code = "local-sign-up-disabled"
    vi = (
        "Tỉnh không mở đăng ký tài khoản riêng. Hãy đăng nhập bằng tài khoản định danh điện tử (VNeID) "
        "qua Cổng dịch vụ công quốc gia."
    )
    en = (
        "This province opens no accounts of its own. Sign in with your electronic identity (VNeID) "
        "through the national public service portal."
    )


class DeclarationMissingError(DomainError):
    """Nobody registers without confirming the truth of the data. Source: NB Đ.27.1; R-ACC-08."""

    code = "declaration-missing"
    vi = "Bạn cần xác nhận cam đoan về tính chính xác của thông tin."
    en = "You need to confirm the declaration that the information is true."


class DeclarationOutdatedError(ConflictError):
    """The declaration text changed since the person read it. Source: R-ACC-08."""

    code = "declaration-outdated"
    vi = "Nội dung cam đoan đã thay đổi. Hãy đọc và xác nhận lại."
    en = "The declaration text has changed. Read and confirm it again."


class NameNotAPersonError(DomainError):
    """A name of a desk or a post is no person. Source: NB Đ.2.3; R-ACC-11."""

    code = "name-not-a-person"
    vi = "“{name}” không phải họ tên của một người. Mỗi tài khoản cán bộ phải gắn với một người cụ thể."
    en = "“{name}” is not a person's name. Every officer account belongs to one named person."


class NameInvalidError(DomainError):
    """A name holds a character no name has."""

    code = "name-invalid"
    vi = "Họ tên chỉ gồm chữ cái, dấu cách, dấu nháy và gạch nối, từ 2 đến 100 ký tự. Hãy bỏ ký tự “{character}”."
    en = "A name has letters, spaces, apostrophes and hyphens only, 2 to 100 of them. Remove “{character}”."


class NameLengthError(DomainError):
    """A name is empty or endless."""

    code = "name-length"
    vi = "Họ tên phải có từ 2 đến 100 ký tự."
    en = "A name has 2 to 100 characters."


class IdNumberInvalidError(DomainError):
    """Neither a personal identification number nor a passport number."""

    code = "id-number-invalid"
    vi = "Số định danh cá nhân gồm đúng 12 chữ số; người nước ngoài nhập số hộ chiếu 6–9 chữ và số."
    en = "A personal number has exactly 12 digits; foreigners enter a passport number of 6–9 letters and digits."


class TaxCodeInvalidError(DomainError):
    """Not the tax code of an organisation."""

    code = "tax-code-invalid"
    vi = "Mã số thuế gồm 10, 12 hoặc 13 chữ số (ví dụ 0100109106-001)."
    en = "A tax code has 10, 12 or 13 digits (for example 0100109106-001)."


class OrganisationNameMissingError(DomainError):
    """An organisation registers with its name."""

    code = "organisation-name-missing"
    vi = "Hãy nhập tên tổ chức, từ 2 đến 200 ký tự."
    en = "Enter the organisation's name, 2 to 200 characters."


class FactorWrongError(DomainError):
    """The code of the second factor is wrong or was used; which of them is not told."""

    code = "factor-wrong"
    vi = "Mã xác thực không đúng hoặc đã dùng. Hãy nhập mã mới đang hiện trong ứng dụng."
    en = "The code is wrong or was used. Enter the one that the app shows now."


class SecondPersonNeededError(ForbiddenError):
    """Who gives a first password takes no second factor away within a day. Source: requirements C."""

    code = "second-person-needed"
    vi = "Bạn vừa cấp lại mật khẩu hoặc gỡ xác thực hai bước cho cán bộ này. Việc còn lại phải do người khác làm."
    en = "You have just given this officer a password or cleared the second factor. Another person must do the rest."


class SecondWordNeededError(ForbiddenError):
    """Who proposes a signing, leading or granting role does not confirm it. Source: R-ACC-17; requirements C."""

    code = "second-word-needed"
    vi = "Bạn là người đề nghị. Quản trị khác hoặc thủ trưởng cơ quan phải xác nhận."
    en = "You proposed this. Another administrator or the head of the agency must confirm it."


class GrantDecidedError(ConflictError):
    """A proposal is decided once."""

    code = "grant-decided"
    vi = "Đề nghị này đã được xác nhận, từ chối hoặc thay bằng đề nghị mới."
    en = "This proposal was confirmed, refused or replaced by a newer one."


class PhoneMissingError(DomainError):
    """There is no telephone to prove."""

    code = "phone-missing"
    vi = "Hãy nhập số điện thoại trước."
    en = "Enter a telephone number first."


class PhoneInvalidError(DomainError):
    """Not a telephone number."""

    code = "phone-invalid"
    vi = "Số điện thoại không đúng. Ví dụ: 0912 345 678 hoặc +84 912 345 678."
    en = "The telephone number is not right. Example: 0912 345 678 or +84 912 345 678."


class EmailInvalidError(DomainError):
    """Not an e-mail address."""

    code = "email-invalid"
    vi = "Địa chỉ thư điện tử không đúng. Ví dụ: ten@example.vn."
    en = "The e-mail address is not right. Example: name@example.vn."


class LoginInvalidError(DomainError):
    """Not a sign-in name for an officer."""

    code = "login-invalid"
    vi = "Tên đăng nhập gồm chữ thường không dấu, chữ số và dấu chấm, từ 3 đến 60 ký tự."
    en = "A sign-in name has lower-case letters without marks, digits and dots, 3 to 60 of them."


class RoleNotGrantableError(ForbiddenError):
    """An agency's administrator grants the roles of the agency only. Source: R-ACC-17; requirements C."""

    code = "role-not-grantable"
    vi = "Quản trị của cơ quan không được cấp vai trò hoặc phạm vi “{role}”."
    en = "An agency's administrator may not grant the role or scope “{role}”."


class RightsGrantedElsewhereError(ForbiddenError):
    """The province's regulation leaves rights to its office, on the agency's request. Source: QT Đ.11.5; R-ACC-17."""

    code = "rights-granted-elsewhere"
    vi = "Theo quy chế của tỉnh, Văn phòng UBND tỉnh cấp quyền theo văn bản đăng ký của cơ quan."
    en = "Under the province's regulation its office grants rights, on the agency's written request."


class OtherAgencyError(ForbiddenError):
    """Officers are created by their own agency. Source: R-ACC-18; requirements C."""

    code = "other-agency"
    vi = "Bạn chỉ được tạo tài khoản cho cơ quan của mình."
    en = "You may create accounts for your own agency only."


class OwnRightsError(ForbiddenError):
    """Nobody grants a right to himself. Source: requirements C, segregation rules."""

    code = "own-rights"
    vi = "Không ai được tự thay đổi quyền của mình."
    en = "Nobody may change his own rights."
