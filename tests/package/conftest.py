"""Property-based tests judge results, not how busy the machine is."""

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("recorded")
settings.register_profile("dlcourse", deadline=None)
settings.load_profile("dlcourse")
