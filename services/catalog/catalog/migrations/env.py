"""How the database of the catalogue is brought to its newest shape."""

from common.migrations import run_env

run_env()
