"""The subcommands of ``python -m dlcourse``: one module each.

A module has ``add_parser(subparsers)``, which describes its arguments, and
``run(arguments)``, which does the work and returns the exit status.
"""
