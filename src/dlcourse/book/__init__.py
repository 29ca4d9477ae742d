"""What a cell hands to the page around it: numbers for the prose, files for the figures."""

from dlcourse.book.figure_data import grey_png, publish, publish_json
from dlcourse.book.glue_numbers import glue

__all__ = ["glue", "grey_png", "publish", "publish_json"]
