"""How a file goes to the process that opens it: one letter and the size, then the file; back come size and answer."""

import struct
from typing import Final

TASK: Final = struct.Struct(">cQ")
ANSWER: Final = struct.Struct(">Q")
INSPECT: Final = b"i"
RENDITION: Final = b"r"
