"""`gemeinwerk demo seed`: fill a new demo with invented towns, staff, services and cases."""

from __future__ import annotations

import argparse
import sys

from gemeinwerk.project import environment

HELP = "fill the demonstration with invented towns (Vorführung)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", choices=["seed"], help="seed: create towns, staff and cases")


def run(args: argparse.Namespace) -> int:
    """Seed; refused outside demo mode (S98)."""
    if environment.read().mode != "demo":
        print("gemeinwerk demo: nur im Vorführbetrieb (GEMEINWERK_MODE=demo).", file=sys.stderr)
        return 2
    from gemeinwerk.project import django_setup

    django_setup.start("owner", new=True)
    from django.utils import timezone

    from gemeinwerk.project.demo.seed import seed

    seed(now=timezone.now())
    return 0
