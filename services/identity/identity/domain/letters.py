"""The words of the messages that carry a code or a first password, Vietnamese first."""

from datetime import date
from typing import NamedTuple

from regulation.roles import Role

from identity.domain.codes import LIFETIME, Purpose
from identity.domain.grants import Waiting

MINUTES = int(LIFETIME.total_seconds() // 60)
PURPOSES = {
    Purpose.REGISTRATION: ("Mã xác nhận đăng ký tài khoản", "Your registration code"),
    Purpose.PASSWORD_RESET: ("Mã đặt lại mật khẩu", "Your password reset code"),
    Purpose.PHONE_PROOF: ("Mã xác nhận số điện thoại", "Your telephone code"),
    Purpose.COUNTER: ("Mã xác nhận hồ sơ tại quầy", "Your code at the counter"),
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


def code_text(code: str) -> str:
    """Write the text message that carries a one-time code; without marks, so that it is one message."""
    return f"Ma xac nhan so dien thoai: {code}. Khong dua ma nay cho bat ky ai. / Your code: {code}."


def counter_letter(code: str) -> Words:
    """Write the message by which somebody at the counter confirms: this code alone is read to an officer."""
    vi, en = PURPOSES[Purpose.COUNTER]
    return Words(
        f"{vi} / {en}",
        f"{vi}: {code}\n\n"
        "Đọc mã này cho cán bộ đang lập hồ sơ cho bạn là xác nhận những gì đã khai, thay cho chữ ký trên giấy.\n"
        f"Mã có hiệu lực trong {MINUTES} phút. Nếu bạn không ở quầy một cửa, đừng đọc mã cho ai.\n\n"
        f"{en}: {code}\n\n"
        "Reading it to the officer who writes your dossier down confirms what you declared, instead of a signature.\n"
        f"The code is good for {MINUTES} minutes. If you are not at a one-stop desk, read it to nobody.\n",
    )


def counter_text(code: str) -> str:
    """Write the text message of the same; without marks, so that it is one message."""
    return (
        f"Ma xac nhan ho so tai quay: {code}. Chi doc cho can bo dang lap ho so cho ban. / Your counter code."
    )


def exists_letter(recovery: str) -> Words:
    """Write to the owner of an account that somebody tried to register, or to take, what is the owner's."""
    return Words(
        "Bạn đã có tài khoản / You already have an account",
        "Vừa có người đăng ký tài khoản bằng thông tin của bạn. Bạn đã có tài khoản, nên không có tài khoản mới nào "
        f"được tạo.\nNếu đó là bạn: hãy đăng nhập, hoặc lấy lại mật khẩu tại {recovery}\n"
        "Nếu không phải bạn: không cần làm gì.\n\n"
        "Somebody has just tried to register with your data. You already have an account, so no new one was made.\n"
        f"If it was you: sign in, or recover your password at {recovery}\n"
        "If it was not: there is nothing to do.\n",
    )


def officer_reset_letter() -> Words:
    """Write to an officer whose password somebody wanted to reset: the mailbox alone resets nothing."""
    return Words(
        "Yêu cầu đặt lại mật khẩu cán bộ / Officer password reset",
        "Vừa có người yêu cầu đặt lại mật khẩu tài khoản cán bộ của bạn.\n"
        "Tài khoản cán bộ không đặt lại mật khẩu qua thư. Nếu đó là bạn, hãy liên hệ người quản trị của cơ quan.\n"
        "Nếu không phải bạn, hãy báo người quản trị.\n\n"
        "Somebody has just asked to reset the password of your officer account.\n"
        "Officers' passwords are not reset by mail. If it was you, ask your agency's administrator.\n"
        "If it was not, tell the administrator.\n",
    )


def grant_letter(login: str, name: str, told: Waiting, address: str, *, given: bool) -> Words:
    """Tell a head about a role or a scope that nobody gives alone: proposed, or given."""
    vi, en = (
        ", ".join(
            [
                *(Role(role).said(lang) for role in told.roles),
                *([told.scope.said(lang)] if told.scope else []),
            ]
        )
        for lang in ("vi", "en")
    )
    done = ("Đã cấp", "was given") if given else ("Có đề nghị cấp", "is proposed")
    return Words(
        f"{done[0]} quyền: {name} / Rights: {en}",
        f"{done[0]} vai trò, phạm vi dữ liệu “{vi}” cho {name} ({login}).\n"
        + ("" if given else "Quyền chưa có hiệu lực cho đến khi người thứ hai xác nhận.\n")
        + f"Xem tại: {address}\nNếu thấy lạ, hãy từ chối hoặc báo ngay Văn phòng UBND tỉnh.\n\n"
        f"The role or data scope “{en}” {done[1]} for {name} ({login}).\n"
        + ("" if given else "It does not count before a second person confirms it.\n")
        + f"See {address}\nIf this surprises you, refuse it or tell the province's office at once.\n",
    )


def notice_letter(login: str, name: str, address: str) -> Words:
    """Tell the head of an agency that an officer's rights ended, and where the open work is handed over."""
    return Words(
        f"Hãy giao lại việc của {name} / Hand over the work of {name}",
        f"Theo thông báo của cơ quan, quyền của {name} ({login}) vừa được hủy hoặc giảm.\n"
        f"Hồ sơ đang mở của người này phải được giao lại cho người khác: {address}\n\n"
        f"By a notice of the agency the rights of {name} ({login}) were just ended or reduced.\n"
        f"The open dossiers must be handed over to somebody else: {address}\n",
    )


def closing_letter(days: int) -> Words:
    """Write to a person who closed the account: what happens when, and how to take it back."""
    return Words(
        "Tài khoản của bạn đang được đóng / Your account is being closed",
        f"Bạn vừa đóng tài khoản. Sau {days} ngày, họ tên, số định danh, thư điện tử, số điện thoại và địa chỉ của bạn "
        "trong tài khoản bị xóa.\nNếu còn hồ sơ đang giải quyết, việc xóa chờ đến khi hồ sơ đó kết thúc.\n"
        f"Muốn giữ tài khoản: trong {days} ngày, đăng nhập và chọn Giữ tài khoản ở trang Tài khoản.\n"
        "Nếu không phải bạn đóng: đăng nhập, giữ tài khoản và đổi mật khẩu ngay.\n\n"
        f"You have closed your account. After {days} days your name, identity number, e-mail, telephone and address in "
        "it are erased.\nWhile a dossier is still open, the erasure waits until that has ended.\n"
        f"To keep the account: within {days} days sign in and choose Keep the account on the account page.\n"
        "If it was not you: sign in, keep the account and change the password at once.\n",
    )


def suspension_letter(number: str, ground: str, until_on: date, appeal: str) -> Words:
    """Tell a person that the account is suspended: by which decision, why, until when, and where to appeal."""
    return Words(
        "Tài khoản của bạn bị tạm ngừng / Your account is suspended",
        f"Theo quyết định {number}, tài khoản của bạn bị tạm ngừng đến hết ngày {until_on:%d/%m/%Y}.\n"
        f"Lý do: {ground}\nKhiếu nại: {appeal}\n"
        "Bạn vẫn đăng nhập và xem được hồ sơ, kết quả của mình.\n\n"
        f"By decision {number} your account is suspended until the end of {until_on:%d/%m/%Y}.\n"
        f"Ground: {ground}\nAppeal: {appeal}\nYou can still sign in and look at your dossiers and results.\n",
    )


def suspension_ended_letter(number: str, reason: str) -> Words:
    """Tell a person that the suspension of the account has ended before its day."""
    return Words(
        "Tài khoản của bạn được dùng lại / Your account is open again",
        f"Việc tạm ngừng theo quyết định {number} đã chấm dứt. Lý do: {reason}\nHãy đăng nhập lại để dùng.\n\n"
        f"The suspension by decision {number} has ended. Reason: {reason}\nSign in again to use the account.\n",
    )


def hold_reminder_letter(number: str, until_on: date) -> Words:
    """Remind who decided a hold that somebody has to look at it again; the letter does not say what is kept."""
    return Words(
        "Việc giữ lại theo quyết định cần xem lại / A hold by decision is to be looked at again",
        f"Việc giữ lại theo quyết định {number} có ngày xem lại là {until_on:%d/%m/%Y}. Dữ liệu vẫn được giữ cho đến "
        "khi có quyết định thôi giữ và người thứ hai xác nhận.\nMở trang Giữ lại theo quyết định để xem.\n\n"
        f"The hold by decision {number} is to be looked at again on {until_on:%d/%m/%Y}. Everything stays kept until a "
        "decision lets it go and a second person confirms.\nOpen the page of holds by decision.\n",
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
