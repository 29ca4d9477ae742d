"""Cells that run in the page: which can, what they need, and the files that run them."""
