"""The words of the messages that carry a code or a first password, Vietnamese first."""

from typing import NamedTuple

from identity.domain.codes import LIFETIME, Purpose

MINUTES = int(LIFETIME.total_seconds() // 60)
PURPOSES = {
    Purpose.REGISTRATION: ("Mã xác nhận đăng ký tài khoản", "Your registration code"),
    Purpose.PASSWORD_RESET: ("Mã đặt lại mật khẩu", "Your password reset code"),
    Purpose.EMAIL_CHANGE: ("Mã xác nhận thư điện tử mới", "Your new e-mail code"),
}


class Words(NamedTuple):
    """Subject and plain text of a message."""

    subject: str
    text: str


def code_letter(purpose: Purpose, code: str) -> Words:
    """Write the message that carries a one-time code."""
    vi, en = PURPOSES[purpose]
    return Words(
        f"{vi} / {en}",
        f"{vi}: {code}\n\n"
        f"Mã có hiệu lực trong {MINUTES} phút và chỉ dùng một lần. Không đưa mã này cho bất kỳ ai, kể cả cán bộ.\n"
        "Nếu bạn không yêu cầu, hãy bỏ qua thư này.\n\n"
        f"{en}: {code}\n\n"
        f"The code is good for {MINUTES} minutes and for one use. Give it to nobody, officers included.\n"
        "If you did not ask for it, ignore this message.\n",
    )


def first_password_letter(login: str, password: str, address: str) -> Words:
    """Write the message that brings an officer the first password."""
    return Words(
        "Tài khoản cán bộ của bạn / Your officer account",
        f"Tên đăng nhập: {login}\nMật khẩu ban đầu: {password}\nĐăng nhập tại: {address}\n\n"
        "Mật khẩu này chỉ dùng cho lần đăng nhập đầu tiên; bạn phải đổi ngay khi đăng nhập.\n"
        "Không đưa mật khẩu cho người khác và không dùng mật khẩu của người khác.\n\n"
        f"Sign-in name: {login}\nFirst password: {password}\nSign in at: {address}\n\n"
        "This password is for the first sign-in only; you must change it at once.\n"
        "Do not give passwords away and do not use those of others.\n",
    )
