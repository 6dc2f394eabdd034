"""Lets the tests import the notice board, a service made only for them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "board"))
