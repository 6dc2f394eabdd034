"""Sealed values open where they were sealed and nowhere else, and keys change while everybody works."""

import os
from pathlib import Path

import pytest
from common.sealing import ANNOUNCED, FILE, FIRST, Ring, SealBrokenError, add_key

SECRET, PLACE = b"s" * 32, "account.1.phone"


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.asvs("11.3.2", "11.3.3")
def test_s41_a_value_opens_in_its_own_place_and_unchanged_only() -> None:
    ring = Ring(SECRET)
    sealed = ring.seal("0912345678", PLACE)
    assert ring.open(sealed, PLACE) == "0912345678"
    assert "0912345678" not in sealed
    assert ring.seal("0912345678", PLACE) != sealed
    last = sealed[-6:-5]
    broken = sealed[:-6] + ("A" if last != "A" else "B") + sealed[-5:]
    for text, place, opener in (
        (sealed, "account.2.phone", ring),
        (sealed, "account.1.email", ring),
        (sealed, PLACE, Ring(b"t" * 32)),
        (broken, PLACE, ring),
        (sealed.replace(FIRST, "k7"), PLACE, ring),
        ("0912345678", PLACE, ring),
        ("", PLACE, ring),
    ):
        with pytest.raises(SealBrokenError):
            opener.open(text, place)


def test_s41_equal_values_have_one_mark_in_one_column_and_nobody_computes_it_without_the_secret() -> None:
    ring = Ring(SECRET)
    mark = ring.mark("0912345678", "account.phone_mark")
    assert mark == Ring(SECRET).mark("0912345678", "account.phone_mark")
    others = {
        ring.mark("0912345679", "account.phone_mark"),
        ring.mark("0912345678", "account.id_number_mark"),
        Ring(b"t" * 32).mark("0912345678", "account.phone_mark"),
    }
    assert mark not in others
    assert len(others) == 3


@pytest.mark.asvs("11.2.2")
def test_s42_a_new_key_is_known_before_it_seals_and_older_ones_open_for_ever(tmp_path: Path) -> None:
    file, clock = tmp_path / FILE, Clock()
    one, other = Ring(SECRET, file, now=clock), Ring(SECRET, file, now=clock)
    one._look(0)
    first = one.seal("a", PLACE)
    assert add_key(file, clock.now) == "k1"
    assert file.stat().st_mode & 0o777 == 0o600
    one._look(0)
    assert one.active == FIRST
    clock.now += ANNOUNCED
    second = one.seal("b", PLACE)
    assert (second.split(".")[0], one.active) == ("k1", "k1")
    assert other.open(second, PLACE) == "b"  # who has not looked yet looks for a key it does not know
    assert add_key(file, clock.now) == "k2"
    clock.now += ANNOUNCED
    one._look(0)
    assert one.seal("c", PLACE).startswith("k2.")
    assert [one.open(text, PLACE) for text in (first, second)] == ["a", "b"]
    assert Ring(b"t" * 32, file, now=clock).open(second, PLACE) == "b"


def test_a_file_of_keys_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / FILE
    add_key(file, 0)
    ring = Ring(SECRET, file)
    assert ring.active == "k1"
    kept = file.stat().st_mtime_ns
    file.write_text("{}")
    os.utime(file, ns=(kept, kept))
    ring._look(0)
    assert ring.active == "k1"
