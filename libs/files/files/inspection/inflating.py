"""Weigh what a stream of a PDF unpacks to, without ever holding it."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import pikepdf

_CHUNK: Final = 64 * 1024
_FLATE: Final = frozenset({"/FlateDecode", "/Fl"})


def unpacked_size(part: pikepdf.Stream, enough: int) -> int:
    """Return the size of a stream when it is unpacked, or `enough` once it is that; what is broken ends there."""
    raw = part.read_raw_bytes()
    chunks: Iterable[bytes] = (raw[at : at + _CHUNK] for at in range(0, len(raw), _CHUNK))
    for name in _filters(part):
        if name not in _FLATE:
            break
        chunks = _inflated(chunks)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size >= enough:
            return enough
    return size


def _filters(part: pikepdf.Stream) -> list[str]:
    named = part.get("/Filter")
    if isinstance(named, pikepdf.Array):
        return [str(name) for name in named]
    return [] if named is None else [str(named)]


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    opened = zlib.decompressobj()
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting:
                yield opened.decompress(waiting, _CHUNK)
                waiting = opened.unconsumed_tail
    except zlib.error:
        return
