"""Lets the tests import the notice board, a service made only for them."""

import logging
import sys
from pathlib import Path

import structlog

sys.path.insert(0, str(Path(__file__).parent / "board"))
# Faults are made on purpose here: telling each of them with its source lines would take longer than the tests.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
