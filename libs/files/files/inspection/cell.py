"""A process of its own in which files of strangers are opened, with bounded memory; run as a module.

Nothing of the service comes here: no settings, no secrets, no database.
"""

import os
import resource
import sys
from dataclasses import asdict
from typing import BinaryIO, Final

import orjson

from files.inspection.looking import look_into
from files.inspection.pictures import jpeg_of
from files.inspection.wire import ANSWER, INSPECT, TASK
from files.refusals import FileFacts

MEMORY: Final = 1536 * 1024 * 1024
"""What one file may take to be looked into (bytes): a picture of 64 million pixels takes a third of it."""
YIELDS: Final = 5
"""By how much it goes behind whoever reads and searches, where processors are short."""


def work(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Do one task after the other until nobody asks any more; what is too much for the memory is told as such."""
    while len(head := tasks.read(TASK.size)) == TASK.size:
        verb, size = TASK.unpack(head)
        data = tasks.read(size)
        try:
            answer = orjson.dumps(asdict(look_into(data))) if verb == INSPECT else jpeg_of(data) or b""
        except MemoryError:
            answer = orjson.dumps(asdict(FileFacts(None, complex=True))) if verb == INSPECT else b""
        answers.write(ANSWER.pack(len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    memory = int(sys.argv[1]) if len(sys.argv) > 1 else MEMORY
    os.nice(YIELDS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    work(sys.stdin.buffer, sys.stdout.buffer)
