"""Subcommands of `gemeinwerk`, one module each; a new module is a new command.

A module `commands/<name>.py` offers HELP (one line, with the German term),
`add_arguments(parser)` and `run(args) -> int`: 0 done, 1 failed or refused, 2 wrong use or
surroundings. It imports what needs Django inside `run`, after `django_setup.start(role)`.
"""
