"""Property-based tests judge results, not how busy the machine is."""

from hypothesis import settings

settings.register_profile("dlcourse", deadline=None)
settings.load_profile("dlcourse")
