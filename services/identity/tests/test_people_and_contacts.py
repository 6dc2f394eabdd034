"""Names, identity numbers, telephones, e-mail addresses and passwords as people really write them."""

import unicodedata

import pytest
from common.errors import DomainError, InvalidInputError
from hypothesis import given
from hypothesis import strategies as st
from identity.domain.contacts import e164, email_address, masked_email
from identity.domain.errors import (
    IdNumberInvalidError,
    NameInvalidError,
    NameNotAPersonError,
    PasswordTooWeakError,
    PhoneInvalidError,
)
from identity.domain.passwords import acceptable_password
from identity.domain.people import DocumentKind, id_number, login_name, officer_name, person_name, tax_code
from identity.domain.registration import applicant


@pytest.mark.parametrize(
    "text", ["Nguyễn Thị Ánh", "Y Moan Êñuôl", "H'Hen Niê", "Đỗ Bảo-An", "Trần  Văn   Đức "]
)
def test_a_real_name_is_kept_in_one_form(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert person_name(decomposed) == " ".join(text.split())
    assert person_name(f"\u202a{text}\u200b") == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "bad"), [("Ánh 😀", "😀"), ("Robot 9", "9"), ("<b>Lan</b>", "<"), ("Lan #", "#")]
)
def test_a_name_with_a_symbol_says_which(text: str, bad: str) -> None:
    with pytest.raises(NameInvalidError) as refused:
        person_name(text)
    assert f"“{bad}”" in refused.value.message("vi")
    assert refused.value.field == "full_name"


@pytest.mark.parametrize("text", ["", " ", "A", "a" * 101])
def test_a_name_has_a_sensible_length(text: str) -> None:
    with pytest.raises(DomainError, match="name-length"):
        person_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "Một cửa",
        "MOT CUA",
        "Bộ phận Một cửa",
        "Văn thư Sở Tư pháp",
        "VĂN PHÒNG UBND",
        "Chủ tịch phường",
        "Admin Hoa Lư",
        "Ánh",
    ],
)
def test_a_desk_or_a_post_is_no_person(text: str) -> None:
    with pytest.raises(NameNotAPersonError):
        officer_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lê Văn Thư",
        "Phạm Văn Phòng",
        "Nguyễn Thị Tài",
        "Văn Thu Hà",
        "Văn Phong Nam",
        "Trương Phong Bình",
        "Chu Tịch Dương",
        "Van Thu Ha",
    ],
)
def test_t11_a_person_whose_name_holds_a_word_of_a_post_is_a_person(text: str) -> None:
    assert officer_name(text) == text


@pytest.mark.parametrize(
    ("text", "nationality", "kind"),
    [
        ("037190000001", None, DocumentKind.PERSONAL_NUMBER),
        ("037 190 000 001", "VN", DocumentKind.PERSONAL_NUMBER),
        ("c1234567", None, DocumentKind.PASSPORT),
        ("123456789", "US", DocumentKind.PASSPORT),
    ],
)
def test_an_identity_number_is_twelve_digits_or_a_passport(
    text: str, nationality: str | None, kind: object
) -> None:
    assert id_number(text, nationality).kind is kind


@pytest.mark.parametrize(
    ("text", "nationality"),
    [
        ("123456789", None),
        ("03719000000", None),
        ("0371900000012", None),
        ("000000000000", None),
        ("", None),
        ("C1234567", "VN"),
        ("ABCDEFG", "US"),
        ("C12", "US"),
        ("03719000000\u0661", None),
    ],
)
def test_any_other_number_is_refused(text: str, nationality: str | None) -> None:
    with pytest.raises(IdNumberInvalidError):
        id_number(text, nationality)


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "(+84) 912-345-678",
        "84912345678",
        "0084912345678",
        "+84 0912345678",
    ],
)
def test_every_way_to_write_a_mobile_number_means_the_same(text: str) -> None:
    assert e164(text) == "+84912345678"


@pytest.mark.parametrize(
    ("text", "kept"), [("024 3825 1234", "+842438251234"), ("+1 202 555 0143", "+12025550143")]
)
def test_landlines_and_foreign_numbers_are_numbers_too(text: str, kept: str) -> None:
    assert e164(text) == kept


@pytest.mark.parametrize(
    "text", ["", "912345678", "0123456789", "09123456789", "091234567", "+8491234", "số của tôi"]
)
def test_what_is_no_telephone_number_is_refused(text: str) -> None:
    with pytest.raises(PhoneInvalidError):
        e164(text)


@given(
    st.text(alphabet="0123456789", min_size=8, max_size=8), st.sampled_from("35789"), st.sampled_from(" .-")
)
def test_spacing_never_changes_a_number(rest: str, first: str, gap: str) -> None:
    digits = f"0{first}{rest}"
    assert e164(gap.join(digits)) == e164(digits) == f"+84{first}{rest}"


@pytest.mark.parametrize(
    ("text", "kept"), [(" Anh@Example.VN ", "anh@example.vn"), ("a@bộ.example.vn", "a@xn--b-8xm.example.vn")]
)
def test_an_address_is_kept_in_lower_case(text: str, kept: str) -> None:
    assert email_address(text) == kept


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "a@@b.vn", "a b@c.vn", "a@b..vn", "a..b@c.vn", f"{'a' * 65}@b.vn", "a@b.vn\nbcc:x@y.vn"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="email-invalid"):
        email_address(text)


def test_a_masked_address_tells_its_owner_and_nobody_else() -> None:
    assert masked_email("congdan@motcua.example") == "c•••n@motcua.example"
    assert masked_email("ab@x.vn") == "a•••@x.vn"


@pytest.mark.parametrize(
    "password",
    [
        "Ngan1",
        "matkhau123456",
        "MẬT KHẨU 1",
        "aaaaaaaaaaaa",
        "anh037190000001",
        "x" * 129,
        "nguyen thi anh 1",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooWeakError):
        acceptable_password(password, ["037190000001", "Nguyễn Thị Ánh", "anh@x.vn"])


def test_a_long_sentence_is_a_good_password_in_either_form() -> None:
    assert acceptable_password(unicodedata.normalize("NFD", "Đường làng năm ấy")) == "Đường làng năm ấy"


@pytest.mark.parametrize("text", ["abc.def", "motcua.hoalu", "quantri"])
def test_a_sign_in_name_is_plain(text: str) -> None:
    assert login_name(text.upper()) == text


@pytest.mark.parametrize("text", ["", "a", "một.cửa", "a..b", ".ab", "a b", "a@b.vn", "037190000001"])
def test_any_other_sign_in_name_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="login-invalid"):
        login_name(text)


def test_t10_a_tax_code_has_ten_twelve_or_thirteen_digits() -> None:
    assert tax_code(" 0100109106 ") == "0100109106"
    assert tax_code("0100109106-001") == tax_code("0100109106001") == "0100109106-001"
    assert tax_code("037190000001") == "037190000001"
    with pytest.raises(DomainError):
        tax_code("12345")


def test_a_bad_registration_hears_everything_at_once() -> None:
    with pytest.raises(InvalidInputError) as refused:
        applicant(
            kind="organisation",
            full_name="😀",
            number="1",
            nationality=None,
            email="x",
            phone="y",
            password="z",
            channels=(),
            organisation="",
            tax="",
        )
    fields = [problem.field for problem in refused.value.problems()]
    assert fields == ["full_name", "id_number", "email", "phone", "password", "organisation_name", "tax_code"]
