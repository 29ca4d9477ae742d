"""Decide which chapters must run, run them, store their outputs; draw stills, write artefacts."""
