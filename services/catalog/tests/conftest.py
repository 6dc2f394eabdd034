"""What the tests of the catalogue share: an imported catalogue, the demonstration province, callers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio
from catalog import main
from catalog.settings import Settings
from common.database import Database
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession
from suite.testing import FreshDatabase, rolled_back

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo(fresh_database: FreshDatabase, tmp_path_factory) -> tuple[Database, Settings]:
    """Give a database with the whole national catalogue and the demonstration province."""
    database = await fresh_database("catalog")
    settings = Settings(files_url=f"file://{tmp_path_factory.mktemp('files')}")
    await main.import_national(database, NOW)
    await main.seed_demonstration(database, settings, NOW)
    return database, settings


@pytest_asyncio.fixture(loop_scope="session")
async def session(demo: tuple[Database, Settings]) -> AsyncIterator[AsyncSession]:
    """Give a session on the demonstration whose work vanishes."""
    async with rolled_back(demo[0]) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def app(demo: tuple[Database, Settings]) -> FastAPI:
    """Give the application on the demonstration, for reads."""
    application = main.create_app(demo[1], demo[0])
    application.state.now = lambda: NOW
    return application


@pytest_asyncio.fixture(loop_scope="session")
async def editable(fresh_database: FreshDatabase, tmp_path: Path) -> FastAPI:
    """Give an application on a small catalogue of its own, for writes."""
    database = await fresh_database("catalog")
    settings = Settings(files_url=f"file://{tmp_path}")
    table = tmp_path / "national.csv"
    table.write_text(SMALL, encoding="utf-8")
    await main.import_national(database, NOW, table=table)
    application = main.create_app(settings, database)
    application.state.now = lambda: NOW
    return application


SMALL = (
    "ma_tthc,ten,so_quyet_dinh,cap_thuc_hien,loai,linh_vuc,doi_tuong,nguon_bo,kenh_thoihan_phi,ma_ket_qua,van_ban\n"
    "1.000894,Thủ tục đăng ký kết hôn,163/QĐ-BTP,Cấp xã,,Hộ tịch,Công dân Việt Nam,bo-tu-phap,"
    "counter|1|Miễn phí,KQ.G15.000032,60/2014/QH13\n"
)
