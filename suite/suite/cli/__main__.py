"""`python -m suite.cli`: the command line where the `motcua` script is not installed."""

from suite.cli import main

main()
