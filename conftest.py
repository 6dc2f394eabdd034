"""Load the suite's own test fixtures in every test folder."""

from hypothesis import HealthCheck, settings

# A busy machine draws examples slowly; that says nothing about what is tested.
settings.register_profile(
    "house", parent=settings(), suppress_health_check=[HealthCheck.too_slow], deadline=None
)
settings.load_profile("house")

pytest_plugins = ["suite.testing", "suite.testing.suites", "suite.testing.traces"]
