"""What a cell hands to the page around it: numbers for the prose, files for the figures."""

from dlcourse.book.numbers import glue
from dlcourse.book.publish_artifacts import publish, publish_json

__all__ = ["glue", "publish", "publish_json"]
