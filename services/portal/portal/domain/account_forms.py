"""The questions of the account pages: the same names, words and order wherever they are asked."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from portal.domain.fields import Choice, Field, as_typed
from portal.domain.texts import Say

Typed = Mapping[str, str]


def registration(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List the questions of a registration. Source: NB Đ.13.1.a; TN PL.B1; R-ACC-01"""
    organisation = typed.get("kind") == "organisation"
    kinds = (Choice("individual", say("Cá nhân")), Choice("organisation", say("Tổ chức, doanh nghiệp")))
    questions = [
        Field("kind", say("Bạn đăng ký cho ai?"), "radios", typed.get("kind", "individual"), choices=kinds),
        _for_organisation(
            Field("organisation_name", say("Tên tổ chức, doanh nghiệp"), required=organisation), say
        ),
        _for_organisation(Field("tax_code", say("Mã số thuế"), width="20", required=organisation), say),
        Field("full_name", say("Họ, chữ đệm và tên"), autocomplete="name"),
        Field(
            "id_number",
            say("Số định danh cá nhân"),
            width="20",
            hint=say("12 số trên thẻ căn cước; người nước ngoài ghi số hộ chiếu"),
        ),
        Field("phone", say("Số điện thoại"), "tel", width="20", autocomplete="tel"),
        Field(
            "email",
            say("Thư điện tử"),
            "email",
            autocomplete="email",
            hint=say("Chúng tôi gửi mã xác nhận đến địa chỉ này"),
        ),
        password(say),
    ]
    return as_typed(questions, typed, wrong)


def _for_organisation(question: Field, say: Say) -> Field:
    condition = say("Chỉ trả lời nếu đăng ký cho tổ chức, doanh nghiệp.")
    return replace(question, show_when="kind=organisation", condition=condition)


def password(say: Say, name: str = "password") -> Field:
    """Ask for a new password."""
    hint = say("Ít nhất 10 ký tự. Một câu dài dễ nhớ tốt hơn một từ ngắn khó nhớ.")
    return Field(name, say("Mật khẩu mới"), "password", hint=hint, autocomplete="new-password")


def profile(say: Say, typed: Typed, wrong: Mapping[str, str], free: Collection[str]) -> list[Field]:
    """List what a person may correct in the own profile; `free` are the fields the service lets be corrected."""
    languages = (Choice("vi", "Tiếng Việt"), Choice("en", "English"))
    hint = say("Hồ sơ đã nộp vẫn mang họ tên lúc nộp")
    questions = [
        Field("full_name", say("Họ, chữ đệm và tên"), hint=hint, autocomplete="name"),
        Field("address", say("Địa chỉ liên hệ"), required=False, autocomplete="street-address"),
        Field("language", say("Ngôn ngữ của thông báo"), "radios", choices=languages),
    ]
    return as_typed([one for one in questions if one.name in free], typed, wrong)


def channels(say: Say, chosen: Collection[str], *, email: str, phone_proven: bool) -> list[Field]:
    """Ask by which ways somebody is told besides the inbox. Source: NB Đ.13.1.a; TN Đ.10.2; R-NTF-01"""
    no_phone = "" if phone_proven else say("Chưa có số điện thoại đã xác nhận, nên chưa nhận được tin nhắn.")
    ways = (
        Choice("email", say("Thư điện tử"), email or say("Tài khoản chưa có thư điện tử.")),
        Choice("sms", say("Tin nhắn điện thoại"), no_phone),
    )
    held = tuple(one.value for one in ways if one.value in chosen)
    asked = say("Ngoài hộp thông báo trên Cổng, gửi thông báo cho bạn qua đâu?")
    return [Field("channels", asked, "checkboxes", values=held, choices=ways, required=False)]


def new_mail(say: Say, typed: Typed, wrong: Mapping[str, str], *, provider: bool) -> list[Field]:
    """Ask for another mail address, and the password that says who asks."""
    hint = say("Chúng tôi gửi mã xác nhận đến địa chỉ này")
    email = Field("email", say("Thư điện tử mới"), "email", hint=hint, autocomplete="email")
    return as_typed([email, _who_asks(say, provider)], {**typed, "current": ""}, wrong)


def new_phone(say: Say, typed: Typed, wrong: Mapping[str, str], *, provider: bool) -> list[Field]:
    """Ask for a telephone, and the password that says who asks."""
    hint = say("Chúng tôi gửi mã xác nhận đến số này")
    phone = Field("phone", say("Số điện thoại"), "tel", hint=hint, width="20", autocomplete="tel")
    return as_typed([phone, _who_asks(say, provider)], {**typed, "current": ""}, wrong)


def _who_asks(say: Say, provider: bool) -> Field:
    words = say("Nếu bạn đăng nhập bằng tài khoản định danh và không có mật khẩu ở đây thì để trống")
    hint = words if provider else ""
    return Field("current", say("Mật khẩu hiện tại"), "password", hint=hint, autocomplete="current-password")


def code(say: Say, wrong: Mapping[str, str], typed: Typed) -> Field:
    """Ask for a one-time code."""
    asked = Field(
        "code", say("Mã xác nhận"), "code", width="5", hint=say("6 chữ số"), autocomplete="one-time-code"
    )
    return as_typed([asked], typed, wrong)[0]


def factor(say: Say, wrong: Mapping[str, str]) -> Field:
    """Ask for a code of the second factor; what was typed is never shown again."""
    hint = say("6 chữ số trong ứng dụng xác thực, hoặc một mã khôi phục")
    asked = Field("code", say("Mã xác thực"), width="10", hint=hint, autocomplete="one-time-code")
    return as_typed([asked], {}, wrong)[0]


def first_factor(say: Say, wrong: Mapping[str, str]) -> Field:
    """Ask for the first code of an app; no recovery code stands for it."""
    hint = say("6 chữ số trong ứng dụng xác thực")
    asked = Field("code", say("Mã xác thực"), "code", width="10", hint=hint, autocomplete="one-time-code")
    return as_typed([asked], {}, wrong)[0]


def passkey(say: Say, typed: Typed, wrong: Mapping[str, str]) -> Field:
    """Ask what its owner calls a passkey."""
    hint = say("Ví dụ: Điện thoại, Khóa USB ở cơ quan")
    return as_typed([Field("name", say("Tên khóa"), hint=hint, width="20")], typed, wrong)[0]


def change_password(say: Say, wrong: Mapping[str, str]) -> list[Field]:
    """Ask for the password that is and the one to be."""
    current = Field("current", say("Mật khẩu hiện tại"), "password", autocomplete="current-password")
    return as_typed([current, password(say, "new")], {}, wrong)


def own_password(say: Say, wrong: Mapping[str, str]) -> Field:
    """Ask for the password of the account, which proves the person."""
    asked = Field("password", say("Mật khẩu hiện tại"), "password", autocomplete="current-password")
    return as_typed([asked], {}, wrong)[0]


def suspension(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what a decision to suspend an account says. Source: R-SEC-08."""
    questions = [
        Field(
            "who",
            say("Tài khoản của ai?"),
            hint=say("Số định danh, số điện thoại hoặc thư điện tử"),
        ),
        Field("decision_number", say("Số quyết định"), width="20"),
        Field("ground", say("Lý do"), hint=say("Người bị tạm ngừng đọc được dòng này")),
        Field("appeal", say("Khiếu nại ở đâu, thế nào?")),
        Field(
            "until_on", say("Ngày cuối của thời gian tạm ngừng"), width="10", hint=say("Ví dụ: 31/12/2026")
        ),
    ]
    return as_typed(questions, typed, wrong)


def authorisation(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what a decision to authorise a desk officer says. Source: NB Đ.16.4; R-INT-15."""
    codes = say("Mỗi dòng một mã, ví dụ 1.001193")
    day = say("Ví dụ: 31/12/2026")
    questions = [
        Field("decision_number", say("Số quyết định"), width="20"),
        Field("procedures", say("Mã thủ tục"), "long_text", hint=codes),
        Field("from_on", say("Ngày đầu"), width="10", hint=day),
        Field("until_on", say("Ngày cuối"), width="10", hint=day),
    ]
    return as_typed(questions, typed, wrong)


def hold(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what a decision to keep something says. Source: R-SEC-20."""
    kinds = (
        Choice("account", say("Tài khoản của một người, tổ chức")),
        Choice("dossier", say("Một hồ sơ")),
        Choice("question", say("Một câu hỏi hoặc phản ánh")),
    )
    hint = say("Số định danh, số điện thoại, thư điện tử hoặc mã tài khoản; mã hồ sơ; số câu hỏi, phản ánh")
    questions = [
        Field("kind", say("Giữ lại gì?"), "radios", choices=kinds),
        Field("subject", say("Của ai, hoặc số nào?"), hint=hint),
        *_decision(say),
        Field("until_on", say("Ngày xem lại"), width="10", hint=say("Ví dụ: 31/12/2026")),
    ]
    return as_typed(questions, typed, wrong)


def hold_release(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what a decision to let go says. Source: R-SEC-20."""
    return as_typed(_decision(say), typed, wrong)


def _decision(say: Say) -> list[Field]:
    return [
        Field("decision_number", say("Số quyết định"), width="20"),
        Field("ground", say("Lý do"), hint=say("Từ 10 đến 500 ký tự")),
    ]
