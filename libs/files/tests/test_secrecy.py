"""Papers that bear a mark of state secrecy are told by name and by stamp, and no ordinary paper is."""

import pytest
import typst
from files.inspection import ContentInspector
from files.secrecy import StateSecretError, grade_in_lines, grade_in_name, refuse_secret


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("Báo cáo TUYỆT MẬT.pdf", "TUYỆT MẬT"),
        ("tối_mật-kế hoạch.pdf", "TỐI MẬT"),
        ("KE HOACH (TOI MAT).pdf", "TỐI MẬT"),
        ("[MẬT] Tờ trình.pdf", "MẬT"),
        ("MẬT_15-BC.pdf", "MẬT"),
        ("Giấy chứng nhận mật ong.pdf", ""),
        ("CAM KẾT BẢO MẬT.pdf", ""),
        ("MẬT KHẨU.pdf", ""),
        ("Danh mục BÍ MẬT nhà nước.pdf", ""),
        ("Giấy khai sinh.pdf", ""),
        ("mat.pdf", ""),
    ],
)
def test_r_sec_17_a_name_says_the_grade_and_ordinary_words_do_not(name, grade):
    assert grade_in_name(name) == grade


@pytest.mark.parametrize(
    ("lines", "grade"),
    [
        (["UBND TỈNH", "MẬT", "Kính gửi"], "MẬT"),
        (["Độ mật: ...", "T U Y Ệ T  M Ậ T"], "TUYỆT MẬT"),
        (["MẬT", "TỐI MẬT"], "TỐI MẬT"),
        (["ĐỘ MẬT: MẬT"], "MẬT"),
        (["Tài liệu này không mang dấu MẬT."], ""),
        (["Mật"], ""),
        ([], ""),
    ],
)
def test_r_sec_17_a_stamp_stands_alone_on_its_line(lines, grade):
    assert grade_in_lines(lines) == grade


def paper(stamp: str) -> bytes:
    """Typeset a page with a stamp and ordinary text."""
    text = f"#set page(width: 12cm, height: 8cm)\nỦy ban nhân dân\n\n#rect[*{stamp}*]\n\nKính gửi: Sở Nội vụ."
    return typst.compile(text.encode())


@pytest.mark.parametrize(
    ("stamp", "grade"), [("TUYỆT MẬT", "TUYỆT MẬT"), ("TỐI MẬT", "TỐI MẬT"), ("MẬT", "MẬT"), ("KHẨN", "")]
)
def test_r_sec_17_the_text_of_a_pdf_is_read_for_the_stamp(stamp, grade):
    facts = ContentInspector().inspect(paper(stamp))
    assert (facts.secrecy, facts.damaged) == (grade, False)
    if grade:
        with pytest.raises(StateSecretError):
            refuse_secret("giay.pdf", facts)
    else:
        refuse_secret("giay.pdf", facts)
