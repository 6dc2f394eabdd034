"""Who vouches for Redis may change while services run: the next connection reads the new certificate."""

import asyncio
import ssl
from pathlib import Path

from live.sharing import redis_of
from redis.exceptions import RedisError
from suite.run.tls import Papers, lay_papers


async def answering(papers: Papers, port: int = 0) -> asyncio.Server:
    """Serve as much of Redis over TLS as a client asks before and with a PING."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(papers.certificate, papers.key)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            words = []
            for _ in range(int(line[1:])):
                await reader.readline()
                words.append((await reader.readline()).strip())
            writer.write({b"PING": b"+PONG\r\n", b"HELLO": b"-ERR unknown\r\n"}.get(words[0], b"+OK\r\n"))
        writer.close()

    return await asyncio.start_server(handle, "127.0.0.1", port, ssl=context)


async def test_a_new_authority_is_trusted_without_a_restart_and_the_old_one_no_more(tmp_path: Path) -> None:
    before, after = (lay_papers(tmp_path / name, tmp_path / name / "server") for name in ("a", "b"))
    known = tmp_path / "authority.pem"
    known.write_bytes(before.authority.read_bytes())
    server = await answering(before)
    port = server.sockets[0].getsockname()[1]
    redis = redis_of(f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={known}&protocol=2")
    assert await redis.ping()
    await redis.connection_pool.disconnect()
    server.close()
    server = await answering(after, port)
    refused = ""
    try:
        await redis.ping()
    except RedisError as error:
        refused = str(error)
    assert "CERTIFICATE_VERIFY_FAILED" in refused
    known.write_bytes(after.authority.read_bytes())
    assert await redis.ping()
    await redis.aclose()
    server.close()
