"""Lets the tests of statistics share the questions they tell of."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
