"""Load the suite's own test fixtures in every test folder; name tests alike in every process."""

from hypothesis import HealthCheck, settings

# A busy machine draws examples slowly; that says nothing about what is tested.
settings.register_profile(
    "house", parent=settings(), suppress_health_check=[HealthCheck.too_slow], deadline=None
)
settings.load_profile("house")

pytest_plugins = ["suite.testing", "suite.testing.suites", "suite.testing.traces"]


def pytest_make_parametrize_id(config, val, argname):
    """Name a test by its place when its example is bytes: an archive or a PDF holds the second it was made.

    Processes that share a run collect for themselves, and refuse to work when one of them has other names.
    """
    return argname if isinstance(val, bytes) else None
