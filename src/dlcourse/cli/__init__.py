"""The commands of ``python -m dlcourse``, a module each."""
