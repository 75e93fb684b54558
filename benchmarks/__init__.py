"""Speed and cost, measured on this machine: `scripts/bench [NAME] [--json]`.

Every benchmark is a module with `run() -> list[Row]`. Goals are judged on CPU time, statements
and ratios; rates and percentiles are shown, for they depend on the machine and the moment.
"""
