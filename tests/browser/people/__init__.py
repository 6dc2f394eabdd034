"""The people of the main job at a real browser: what each sees, fills in and presses."""

import pytest

pytest.register_assert_rewrite(*(f"people.{name}" for name in ("citizen", "keyboard", "officers", "person")))
