"""Officers from a table: every line as if entered by hand, told by its row, made only when somebody says so."""

import hashlib
import io
import time
from typing import Any

import pytest
from identity.adapters.sheet_tables import SheetTables
from identity.domain.importing import ColumnsMissingError, TableUnreadableError, checked, columns, role_named
from identity.usecases.give_first_passwords import give_first_passwords
from openpyxl import Workbook
from sqlalchemy import text
from suite.testing import officer

PATH, AGENCY = "/api/identity/officer-imports", "H42.101"
ADMIN = officer("agency_admin", agency=AGENCY, subject="018f0000-0000-7000-8000-0000000000fd")
HEAD = "Tên đăng nhập,Họ và tên,Số định danh,Thư điện tử,Điện thoại,Mã cơ quan,Bộ phận,Vai trò,Phạm vi"


def row(number: int, **changed: str) -> str:
    told = {
        "login": f"bang.{number}",
        "full_name": "Lê Thị Mai",
        "id_number": f"0371{number:08d}",
        "email": f"bang{number}@motcua.example",
        "phone": "",
        "agency": AGENCY,
        "unit": "mot-cua",
        "roles": "Cán bộ một cửa; specialist",
        "scope": "",
    }
    return ",".join({**told, **changed}.values())


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode("utf-8-sig")


def sheet(*rows: str, merged: str = "") -> bytes:
    book = Workbook()
    for one in (HEAD, *rows):
        book.active.append(one.split(","))
    if merged:
        book.active.merge_cells(merged)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_columns_are_known_by_their_vietnamese_names_with_or_without_marks_and_by_english_ones():
    assert columns(HEAD.split(","))[1] == "full_name"
    told = ["login", "HO VA TEN", "CCCD", "Email", "co quan", "vai tro"]
    assert set(columns(told).values()) == {"login", "full_name", "id_number", "email", "agency", "roles"}
    with pytest.raises(ColumnsMissingError) as refused:
        columns(["Họ và tên", "Email"])
    assert "ten dang nhap" in refused.value.message("vi")


@pytest.mark.parametrize(
    "name", ["Cán bộ một cửa", "can bo mot cua", "One-stop desk officer", "desk_officer"]
)
def test_a_role_is_named_as_people_name_it(name):
    assert role_named(name) == "desk_officer"


@pytest.mark.parametrize(
    ("second", "column"),
    [
        (row(2, login="bang.1"), "login"),
        (row(2, id_number="037100000001"), "id_number"),
        (row(2, email="khong-phai"), "email"),
        (row(2, full_name="Văn thư"), "full_name"),
        (row(2, roles="Ông chủ"), "roles"),
        (row(2, roles="signer"), "roles"),
        (row(2, scope="Cả nước"), "scope"),
        (row(2, scope="province"), "scope"),
    ],
)
async def test_r_acc_11_what_is_wrong_is_told_by_row_and_column(second, column):
    found = checked(await SheetTables().read(table(row(1), second)), "own")
    assert [number for number, _ in found.good] == [2]
    assert [(one.line, one.column) for one in found.wrong] == [(3, column)]
    assert all(one.vi and one.en for one in found.wrong)


async def test_r_acc_11_a_merged_cell_is_told_by_each_row_it_covers():
    found = checked(await SheetTables().read(sheet(row(1), row(2), row(3), merged="G3:G4")), "own")
    assert [(one.line, one.column) for one in found.wrong] == [(3, "unit"), (4, "unit")]
    assert [number for number, _ in found.good] == [2]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00", HEAD.encode() + b"\n" + b"x\n" * 20_001]
)
async def test_a_file_that_is_no_table_is_refused_in_words(content):
    with pytest.raises(TableUnreadableError):
        await SheetTables().read(content)


async def send(town: Any, key: Any, content: bytes, caller: Any = ADMIN, **form: str) -> Any:
    async with town.as_(caller) as web:
        return await web.post(PATH, files={"file": ("can-bo", content)}, data=form, headers=key())


async def made(town: Any) -> int:
    async with town.database.sessions() as session:
        return int(await session.scalar(text("select count(*) from account where login like 'bang.%'")) or 0)


async def test_r_acc_11_a_table_is_looked_at_first_and_imported_only_as_it_was_seen(make_town, key):
    town = await make_town()
    content = sheet(row(1), row(2, email="sai"), row(3, agency="H42.102"), row(4))
    seen = await send(town, key, content)
    assert seen.status_code == 200, seen.text
    told = seen.json()
    assert (told["good_count"], told["wrong_count"], told["made"], await made(town)) == (2, 2, False, 0)
    assert [(one["line"], one["column"]) for one in told["wrong"]] == [(3, "email"), (4, "agency")]
    other = await send(town, key, content + b" ", mark=told["mark"])
    assert (other.status_code, other.json()["code"]) == (422, "table-changed")
    strict = await send(town, key, content, mark=told["mark"])
    assert (strict.status_code, strict.json()["code"], await made(town)) == (422, "rows-wrong", 0)
    done = await send(town, key, content, mark=told["mark"], skip_wrong="true")
    assert (done.json()["made"], done.json()["good_count"], await made(town)) == (True, 2, 2)
    again = (await send(town, key, content)).json()
    assert (again["good_count"], again["wrong_count"]) == (0, 4), "who is there already is told"


async def test_r_acc_13_imported_officers_get_first_passwords_by_letter_and_must_change_them(make_town, key):
    town = await make_town()
    content = table(row(7))
    mark = hashlib.sha256(content).hexdigest()
    assert (await send(town, key, content, mark=mark)).json()["made"] is True
    assert (await town.sign_in("bang.7", "bat ky")).status_code == 401
    passwords, now = town.app.state.built.passwords, town.clock.now
    async with town.database.sessions.begin() as session:
        letters = await give_first_passwords(session, passwords, "http://cong/can-bo", now)
    async with town.database.sessions.begin() as session:
        assert await give_first_passwords(session, passwords, "", now) == [], "nobody gets two"
    secret = letters[0].text.split("Mật khẩu ban đầu: ")[1].split()[0]
    told = (await town.sign_in("bang.7", secret)).json()
    assert (letters[0].to, told["must_change_password"]) == ("bang7@motcua.example", True)


async def test_r_acc_17_where_the_office_grants_a_line_nobody_registered_is_wrong(make_town, key):
    town = await make_town("quang-tri")
    office = officer(
        "province_office", agency="H42", scope="province", subject="018f0000-0000-7000-8000-0000000000fe"
    )
    person = {"login": "bang.1", "full_name": "Lê Thị Mai", "cases": ["a"]}
    paper = {"agency": AGENCY, "document_number": "1/VP", "document_on": "2026-01-05", "persons": [person]}
    async with town.as_(office) as web:
        assert (await web.post("/api/identity/rights-requests", json=paper, headers=key())).status_code == 201
    told = (await send(town, key, table(row(1), row(2)), office)).json()
    assert (told["good_count"], [one["line"] for one in told["wrong"]]) == (1, [3])


async def test_r_acc_11_ten_thousand_rows_with_three_wrong_ones_are_imported_in_half_a_minute(make_town, key):
    town = await make_town()
    rows = [row(number) for number in range(10_000)]
    rows[9], rows[99], rows[999] = row(9, email="sai"), row(99, full_name="Ba"), row(999, login="a b")
    content, begun = table(*rows), time.process_time()
    mark = hashlib.sha256(content).hexdigest()
    done = (await send(town, key, content, mark=mark, skip_wrong="true")).json()
    spent = time.process_time() - begun
    assert (done["good_count"], [one["line"] for one in done["wrong"]]) == (9_997, [11, 101, 1001])
    assert spent < 30, f"{spent:.1f} s of work, however busy the machine is"
