"""Property-based tests judge results, not how busy the machine is.

And the tests of this folder can import the worker that they start.
"""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "distributed")]
pytest.register_assert_rewrite("recorded")

settings.register_profile("dlcourse", deadline=None)
settings.load_profile("dlcourse")
