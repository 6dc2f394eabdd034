"""Load the suite's own test fixtures in every test folder."""

pytest_plugins = ["suite.testing", "suite.testing.suites"]
