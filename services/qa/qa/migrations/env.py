"""Run the migrations of this service."""

from common.migrations import run_env

run_env()
