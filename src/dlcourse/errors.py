"""The errors that ``dlcourse`` raises on purpose: bad arguments, bad data, a cluster that fails.

Each message says what was expected, what came, and what to do about it.
"""


class DlcourseError(Exception):
    """The base of every error that ``dlcourse`` raises on purpose."""


class InputError(DlcourseError, ValueError):
    """An argument has the wrong type, rank, shape, range or values."""


class DataError(DlcourseError, RuntimeError):
    """A file or data set is missing, truncated, altered or not what it claims to be."""


class ClusterError(DlcourseError, RuntimeError):
    """Processes or machines that should train together cannot."""
