"""Find mistakes in the sources that Sphinx passes over, and fail the build at them."""
