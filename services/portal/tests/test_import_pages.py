"""Many officers from a table, and who holds the province's posts, on pages."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.papers import CHECKED
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
ROOT, IDENTITY = "/can-bo/quan-tri", "/api/identity"
TABLE = {"file": ("can-bo.csv", "Tên đăng nhập,Họ và tên\nmai.lt,Lê Thị Mai\n".encode(), "text/csv")}
PAGE, HOLDERS = f"{ROOT}/can-bo/nhap-bang", f"{ROOT}/vai-tro-tinh"


async def test_r_acc_11_a_table_is_checked_first_and_what_is_wrong_stands_by_its_row(browse: Browse) -> None:
    admin = await browse().sign_in("agency_admin")
    assert "Số định danh" in (await admin.get(PAGE)).text
    page = (await admin.post(PAGE, PAGE, {}, files=TABLE)).text
    for words in (
        "2 dòng đúng, 1 dòng sai",
        "Chưa có tài khoản nào được tạo",
        "Thư điện tử không đúng.",
        'value="ab12"',
    ):
        assert words in page
    assert "Bỏ qua 1 dòng sai" in page


async def test_r_acc_11_the_same_file_again_makes_the_accounts(browse: Browse) -> None:
    admin = await browse().sign_in("agency_admin")
    admin.fake.answers[f"POST {IDENTITY}/officer-imports"] = {**CHECKED, "made": True}
    done = await admin.post(PAGE, PAGE, {"mark": "ab12", "skip_wrong": "true"}, files=TABLE)
    assert (done.status_code, done.headers["location"]) == (303, f"{ROOT}/can-bo")
    assert "Đã tạo 2 tài khoản" in (await admin.get(f"{ROOT}/can-bo")).text


async def test_r_acc_11_no_file_and_a_file_that_is_no_table_are_told_in_words(browse: Browse) -> None:
    admin = await browse().sign_in("agency_admin")
    assert (await admin.post(PAGE, PAGE, {})).status_code == 422
    admin.fake.answers[f"POST {IDENTITY}/officer-imports"] = problem(
        422, "table-unreadable", "Không đọc được tệp."
    )
    again = await admin.post(PAGE, PAGE, {}, files=TABLE)
    assert (again.status_code, "Không đọc được tệp." in again.text) == (422, True)


async def test_r_org_01_the_posts_are_listed_and_the_next_holder_is_named_with_a_day(browse: Browse) -> None:
    office = await browse().sign_in("province_office")
    page = (await office.get(HOLDERS)).text
    for words in ("Chủ quản", "Ủy ban nhân dân tỉnh", "Văn phòng UBND tỉnh", "12/QĐ-UBND", "01/11/2026"):
        assert words in page
    path = f"{HOLDERS}/moi"
    typed = {"post": "operation", "body": "Sở Khoa học và Công nghệ", "substitute": "Văn phòng UBND tỉnh"}
    typed |= {"document_number": "7/QĐ", "from_on": "01/01/2027", "until_on": ""}
    assert "Nhập tên cơ quan" in (await office.post(path, path, {**typed, "body": ""})).text
    assert "Ghi ngày như" in (await office.post(path, path, {**typed, "until_on": "mai"})).text
    done = await office.post(path, path, typed)
    assert (done.status_code, done.headers["location"]) == (303, HOLDERS)
    sent = office.fake.calls("POST", f"{IDENTITY}/role-holders")[0].body
    assert (sent["from_on"], sent["until_on"], sent["substitute"]) == (
        "2027-01-01",
        None,
        "Văn phòng UBND tỉnh",
    )
