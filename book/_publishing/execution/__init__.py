"""Decide which chapters must run, run them, and store their outputs."""
