"""The words of the messages that tell an owner that a way into the account has changed, Vietnamese first."""

from identity.domain.contacts import WAY_BACK
from identity.domain.letters import Words


def mail_changed_letter(recovery: str, *, officer: bool) -> Words:
    """Tell the address before that the account has another one now, and how to take that back."""
    days = WAY_BACK.days
    back = (
        (
            "hãy báo ngay người quản trị của cơ quan: mật khẩu cấp lại sẽ gửi về địa chỉ này",
            "tell your agency's administrator at once: a new first password comes to this address",
        )
        if officer
        else (
            f"hãy lấy lại mật khẩu tại {recovery} bằng chính địa chỉ này. Địa chỉ cũ được đặt lại và mọi phiên đăng "
            "nhập bị kết thúc",
            f"recover the password at {recovery} by this very address. It is put back and every sign-in ends",
        )
    )
    return Words(
        "Thư điện tử của tài khoản đã thay đổi / The e-mail address of your account was changed",
        "Tài khoản của bạn vừa chuyển sang dùng một địa chỉ thư điện tử khác.\n"
        f"Nếu không phải bạn đổi: trong {days} ngày, {back[0]}.\nNếu là bạn: không cần làm gì.\n\n"
        "Your account uses another e-mail address from now on.\n"
        f"If it was not you: within {days} days, {back[1]}.\nIf it was you: there is nothing to do.\n",
    )


def phone_proven_letter() -> Words:
    """Tell the owner that a telephone number is a way in now."""
    return Words(
        "Số điện thoại đã được xác nhận / A telephone number was proven",
        "Vừa có số điện thoại được xác nhận cho tài khoản của bạn; từ nay đăng nhập được bằng số này.\n"
        "Nếu không phải bạn: hãy đổi mật khẩu ngay, rồi sửa số ở trang Tài khoản.\n\n"
        "A telephone number was proven for your account and is a name to sign in by from now on.\n"
        "If it was not you: change the password at once and correct the number on the account page.\n",
    )


def phone_taken_letter() -> Words:
    """Write to somebody whose telephone number another person proved: it is no way in any more."""
    return Words(
        "Số điện thoại không còn dùng để đăng nhập / Telephone no longer a way in",
        "Vừa có người khác xác nhận đang dùng số điện thoại trong tài khoản của bạn. Vì vậy bạn không còn đăng nhập "
        "được bằng số này.\nHãy đăng nhập bằng thư điện tử hoặc số định danh, rồi sửa số ở trang Tài khoản.\n"
        "Nếu số vẫn là của bạn: bạn có thể xác nhận lại ở trang đó, và nên báo nhà mạng.\n\n"
        "Somebody else has just proven to use the telephone number of your account. You can no longer sign in by it.\n"
        "Sign in by e-mail or identity number and correct the number on the account page.\n"
        "If the number is still yours: prove it again there, and tell your telephone company.\n",
    )


def factor_added_letter() -> Words:
    """Tell an officer that a second factor was added to the account."""
    return Words(
        "Đã thêm cách xác thực hai bước / A second factor was added",
        "Vừa có ứng dụng xác thực hoặc khóa truy cập được thêm vào tài khoản cán bộ của bạn. Thêm ứng dụng mới thì ứng "
        "dụng cũ không còn dùng được.\n"
        "Nếu không phải bạn: hãy báo ngay người quản trị của cơ quan.\n\n"
        "An authenticator app or a passkey was added to your officer account. A new app takes the place of the old "
        "one.\n"
        "If it was not you: tell your agency's administrator at once.\n",
    )


def factor_cleared_letter() -> Words:
    """Tell an officer that an administrator took every second factor away."""
    return Words(
        "Xác thực hai bước của bạn đã được gỡ / Your second factor was taken away",
        "Người quản trị của cơ quan vừa gỡ xác thực hai bước của tài khoản cán bộ của bạn: ứng dụng xác thực, khóa "
        "truy cập và mã khôi phục không còn dùng được, mọi phiên đăng nhập đã kết thúc.\n"
        "Nếu bạn không nhờ, hãy báo ngay thủ trưởng cơ quan.\n\n"
        "Your agency's administrator has taken away the second factor of your officer account: the authenticator app, "
        "passkeys and recovery codes open nothing any more, and every sign-in has ended.\n"
        "If you did not ask for it, tell the head of your agency at once.\n",
    )


def code_spent_letter(left: int) -> Words:
    """Tell an officer that one of the recovery codes opened the account, and how many are left."""
    return Words(
        "Một mã khôi phục vừa được dùng / A recovery code was used",
        "Vừa có người đăng nhập vào tài khoản cán bộ của bạn bằng một mã khôi phục thay cho xác thực hai bước. "
        f"Còn {left} mã.\n"
        "Nếu đó là bạn: không cần làm gì; sắp hết mã thì tạo mã mới ở trang Xác thực hai bước.\n"
        "Nếu không phải bạn: hãy báo ngay người quản trị của cơ quan.\n\n"
        "Somebody has just come into your officer account with a recovery code in place of the second factor. "
        f"Codes left: {left}.\n"
        "If it was you: there is nothing to do; make new codes on the page of the second factor before they run out.\n"
        "If it was not you: tell your agency's administrator at once.\n",
    )


def codes_renewed_letter() -> Words:
    """Tell an officer that there are fresh recovery codes, which this letter does not hold."""
    return Words(
        "Đã tạo mã khôi phục mới / New recovery codes were made",
        "Vừa có mã khôi phục mới được tạo cho tài khoản cán bộ của bạn; các mã cũ không còn dùng được.\n"
        "Nếu không phải bạn: hãy báo ngay người quản trị của cơ quan.\n\n"
        "New recovery codes were made for your officer account; the old ones work no more.\n"
        "If it was not you: tell your agency's administrator at once.\n",
    )


def password_changed_letter(recovery: str, *, officer: bool) -> Words:
    """Tell an owner that the account has another password now."""
    vi, en = (
        ("hãy báo ngay người quản trị của cơ quan", "tell your agency's administrator at once")
        if officer
        else (f"hãy lấy lại mật khẩu ngay tại {recovery}", f"recover the password at once at {recovery}")
    )
    return Words(
        "Mật khẩu đã được đổi / Your password was changed",
        "Mật khẩu của tài khoản của bạn vừa được đổi; các phiên đăng nhập khác đã kết thúc.\n"
        f"Nếu không phải bạn đổi: {vi}.\nNếu là bạn: không cần làm gì.\n\n"
        "The password of your account was changed just now; other sign-ins have ended.\n"
        f"If it was not you: {en}.\nIf it was you: there is nothing to do.\n",
    )


def control_lost_letter(recovery: str, *, officer: bool) -> Words:
    """Tell an owner who reported the account lost how to come in again."""
    vi, en = (
        (
            "người quản trị của cơ quan cấp lại mật khẩu cho bạn",
            "your agency's administrator gives you a password again",
        )
        if officer
        else (f"đặt mật khẩu mới tại {recovery}", f"set a new password at {recovery}")
    )
    return Words(
        "Đã khóa lối vào tài khoản của bạn / Your account was secured",
        "Theo báo cáo của bạn, mọi phiên đăng nhập đã kết thúc và mật khẩu cũ không còn dùng được.\n"
        f"Để vào lại: {vi}. Sự cố đã được ghi vào sổ và báo cho người phụ trách.\n\n"
        "As you reported, every sign-in has ended and the old password opens nothing.\n"
        f"To come in again: {en}. The incident is in the log, and who sees to it was told.\n",
    )


def handed_over_letter() -> Words:
    """Tell the mailbox of an account that its person came with the national identity, and what ended thereby."""
    return Words(
        "Tài khoản đã gắn với định danh điện tử / Your account belongs to an electronic identity",
        "Người có số định danh của tài khoản vừa đăng nhập lần đầu bằng tài khoản định danh điện tử (VNeID).\n"
        "Mật khẩu, các phiên đăng nhập, thư điện tử và số điện thoại khai trước đó không còn dùng được.\n"
        "Nếu đó là bạn: từ nay hãy đăng nhập bằng VNeID; hồ sơ của bạn vẫn còn.\n\n"
        "The holder of the account's identity number has signed in with the national electronic identity (VNeID) "
        "for the first time.\n"
        "The password, the sign-ins, the e-mail address and the telephone given before are no longer used.\n"
        "If it was you: sign in with VNeID from now on; your dossiers are still there.\n",
    )
