"""Which chapters must run, running them, and the store of their outputs."""
