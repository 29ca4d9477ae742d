"""What a cell hands to the page around it: numbers for the prose, files for the figures."""

from dlcourse.book.artifacts import publish, publish_json
from dlcourse.book.numbers import glue

__all__ = ["glue", "publish", "publish_json"]
