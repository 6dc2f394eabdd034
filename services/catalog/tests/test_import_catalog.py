"""The import of the national catalogue: everything in, doubtful values named, nothing twice."""

import time
from datetime import UTC, datetime

from catalog import main, queries
from catalog.domain.national import NationalRow, read_national
from catalog.models import EditEntry, Procedure, ProcedureVersion
from catalog.usecases.import_catalog import import_catalog
from sqlalchemy import func, select

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
BASE = {"ten": "Cấp giấy phép thử", "linh_vuc": "Hộ tịch", "cap_thuc_hien": "Cấp xã"}


def rows(*changes: dict[str, str]) -> list[NationalRow]:
    return [NationalRow(number, {**BASE, **values}) for number, values in enumerate(changes, start=2)]


async def test_the_whole_catalogue_comes_in_within_five_seconds_and_only_once(fresh_database):
    database = await fresh_database("catalog")
    steps: list[tuple[int, int]] = []
    started = time.process_time()  # wall time would measure the neighbours
    report = await main.import_national(
        database, NOW, progress=lambda done, total: steps.append((done, total))
    )
    assert time.process_time() - started < 5
    assert (report.imported, len(report.refused), steps[-1]) == (2664, 0, (2664, 2664))
    assert len(steps) > 5
    assert report.flagged_reasons()["limit-unit_missing"] > 300
    again = await main.import_national(database, NOW)
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 2664)
    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(ProcedureVersion)) == 2664


async def test_r_cat_29_the_good_rows_come_in_when_asked_and_none_otherwise(session):
    reading = read_national(
        rows({"ma_tthc": "9.000001"}, {"ma_tthc": "9.000001"}, {"ma_tthc": "9.000002"}), []
    )
    careful = await import_catalog(session, reading, NOW, keep_good=False)
    assert (careful.written, careful.imported, len(careful.refused)) == (False, 0, 1)
    assert await session.get(Procedure, "9.000001") is None
    kind = await import_catalog(session, reading, NOW, keep_good=True)
    assert (kind.written, kind.imported) == (True, 2)
    assert kind.refused[0].row == 3


async def test_a_changed_national_record_becomes_a_new_listed_version(session):
    await import_catalog(session, read_national(rows({"ma_tthc": "9.000003"}), []), NOW)
    changed = rows({"ma_tthc": "9.000003", "ten": "Cấp giấy phép thử (sửa đổi)"})
    report = await import_catalog(session, read_national(changed, []), NOW)
    assert report.updated == 1
    session.expire_all()
    states = [(row.number, row.state) for row in await queries.versions(session, "9.000003")]
    assert states == [(2, "listed"), (1, "superseded")]


async def test_what_the_province_has_published_is_left_alone(session):
    changed = rows({"ma_tthc": "1.001193", "ten": "Tên khác"})
    report = await import_catalog(session, read_national(changed, []), NOW)
    assert (report.kept, report.updated) == (1, 0)
    assert (await queries.procedure(session, "1.001193")).name == "Thủ tục đăng ký khai sinh"


async def test_every_imported_procedure_has_its_line_of_history(session):
    query = select(func.count()).select_from(EditEntry).where(EditEntry.action == "imported")
    assert await session.scalar(query) == 2664
