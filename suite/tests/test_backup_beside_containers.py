"""The keeper as a container runs it: told by secrets and environment, watched over HTTP, no data folder of a suite."""

import asyncio
import json
import os
import shutil
import signal
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from suite.backup.standing import noted
from suite.deploy.secret_files import lay_secrets
from suite.run.places import free_port
from suite.run.postgres import PostgresServer
from suite.run.processes import answers
from suite.testing.copied import Province
from suite.testing.folders import private_folder


class Contained:
    """What a container of the keeper is given, and its program as a process."""

    def __init__(self, province: Province) -> None:
        self.state, self.port = private_folder("contained"), free_port()
        secrets = self.state / "given"
        secrets.mkdir()
        (secrets / "secrets.json").write_text(json.dumps({"postgres": province.server.password}))
        lay_secrets(secrets)
        shutil.copy(secrets / "secrets.json", self.state)  # there it is bound into the container
        self.told = {
            **os.environ,
            "MOTCUA_SECRETS": str(self.state),
            "MOTCUA_STATE": str(self.state),
            "MOTCUA_PROFILE": "thai-nguyen",
            "MOTCUA_FILES_URL": province.place.files_url,
            "MOTCUA_BACKUP_SERVER": province.server.dsn(),
            "MOTCUA_BACKUP_KEY": str(secrets / "backup_key"),
            "MOTCUA_BACKUP_FIRST": "0",
            "MOTCUA_BACKUP_SHIP": "0.2",
        }

    async def motcua(self, *words: str) -> tuple[int, str]:
        """Run a command of `motcua backup` in the container; return status and what it said."""
        program = await self._begin(*words)
        said, told = await asyncio.wait_for(program.communicate(), 120)
        return program.returncode or 0, (said + told).decode()

    async def _begin(self, *words: str) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        command = [sys.executable, "-m", "suite.cli", "backup", *words]
        return await asyncio.create_subprocess_exec(*command, env=self.told, stdout=pipe, stderr=pipe)

    @asynccontextmanager
    async def keeper(self) -> AsyncIterator[str]:
        """Have the keeper run; give the address at which it is watched."""
        program = await self._begin("keep", "--watch-port", str(self.port))
        try:
            yield f"http://127.0.0.1:{self.port}"
        finally:
            program.send_signal(signal.SIGTERM)
            _, said = await asyncio.wait_for(program.communicate(), 30)
        assert program.returncode == 0, said.decode()

    async def shipped(self, url: str) -> None:
        """Wait until a backup is there and everything of it lies in a copy."""
        deadline = time.monotonic() + 90
        while (
            (told := noted(self.state)) is None or not told.shipped_at or not told.last_at
        ) or told.shipped_at < told.last_at:
            assert time.monotonic() < deadline, told
            await asyncio.sleep(0.2)
        assert await asyncio.to_thread(answers, f"{url}/health/ready")


async def test_beside_containers_a_province_is_kept_watched_tried_and_laid_out_again(
    province: Province,
) -> None:
    await province.write("kept")
    paper = await province.file(b"a paper")
    there = Contained(province)
    async with there.keeper() as url:
        await there.shipped(url)
        numbers = await asyncio.to_thread(lambda: urllib.request.urlopen(f"{url}/metrics").read().decode())
        assert 'motcua_backup_copy_away{copy="2"} 0.0' in numbers
        status, said = await there.motcua("run")
        assert status == 0, said
        moment = await province.write("also kept")
        await province.write("undone")
        await there.shipped(url)
        deadline = time.monotonic() + 60
        while (told := noted(there.state)) is None or not told.shipped_at or told.shipped_at < moment:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)
    assert len(json.loads((await there.motcua("list", "--json"))[1])) == 2
    status, said = await there.motcua("verify")
    assert (status, "0 problems" in said) == (0, True), said
    status, said = await there.motcua("drill")
    assert "every service has its database: missing" in said  # it came back; these are no services' databases
    status, said = await there.motcua("restore", "--yes")
    assert (status, "--into" in said) == (1, True)
    paper.unlink()
    await province.write("later")
    into = there.state / "backup" / "restored"
    status, said = await there.motcua("restore", "--to", moment.isoformat(), "--into", str(into))
    assert status == 0, said
    assert paper.read_bytes() == b"a paper"
    assert (into / "secrets.json").read_text() == (there.state / "secrets.json").read_text()
    assert await words_of(PostgresServer(into / "postgres")) == ["also kept", "kept"]


async def words_of(server: PostgresServer) -> list[str]:
    """Start a server and return the words it knows."""
    server.start()
    try:
        connection = await asyncpg.connect(server.dsn())
        found = [row[0] for row in await connection.fetch("select said from word order by 1")]
        await connection.close()
    finally:
        server.stop()
    return found


async def test_a_keeper_that_finds_no_province_says_so_and_ends(province: Province) -> None:
    there = Contained(province)
    (there.state / "secrets.json").unlink()
    status, said = await there.motcua("keep")
    assert (status, "No suite runs here; start it with: make run" in said) == (1, True)
