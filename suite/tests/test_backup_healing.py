"""A file that the province lost, or whose bytes changed, comes back alone from the copies."""

import hashlib

from common.files import FileStore
from suite.backup.healing import heal
from suite.testing.copied import Province, copy_of, damage


async def test_r_ops_08_a_lost_and_a_damaged_file_come_back_from_the_copy_that_is_whole(
    province: Province,
) -> None:
    papers = {data: await province.file(data) for data in (b"lost", b"damaged", b"whole", b"nowhere")}
    await province.keeper.round()
    await province.ship()
    papers[b"lost"].unlink()
    papers[b"damaged"].write_bytes(b"other bytes")
    papers[b"nowhere"].unlink()
    before = papers[b"whole"].stat().st_mtime_ns
    for number, data in ((0, b"lost"), (0, b"nowhere"), (1, b"nowhere")):
        (there,) = copy_of(province.place, number).rglob(f"{address(data)}*")
        damage(there)
    store = FileStore(province.place.files_url)
    done = await heal(province.place, store, [address(one) for one in (b"lost", b"damaged", b"nowhere")])
    assert done.back == (address(b"lost"), address(b"damaged"))
    assert done.lost == (address(b"nowhere"),)
    assert [await store.get(address(one)) for one in (b"lost", b"damaged")] == [b"lost", b"damaged"]
    assert (papers[b"whole"].stat().st_mtime_ns, papers[b"nowhere"].exists()) == (before, False)


def address(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
