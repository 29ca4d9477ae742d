"""Property-based tests judge results, not how busy the machine is.

And the tests of this folder can import the worker that they start.
"""

import sys
from pathlib import Path

from hypothesis import settings

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "distributed")]

settings.register_profile("dlcourse", deadline=None)
settings.load_profile("dlcourse")
