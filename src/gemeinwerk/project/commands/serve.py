"""`gemeinwerk serve`: start database, web and worker and watch over them."""

from __future__ import annotations

import argparse
import os

from gemeinwerk.project import environment

HELP = "serve the town hall on this machine (Betrieb starten)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--demo", action="store_true", help="demo mode with three invented towns")
    parser.add_argument("--port", metavar="N", help="port on 127.0.0.1; default: 8000")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="web processes")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    from gemeinwerk.project.launcher.supervisor import Supervisor

    if args.port:
        os.environ["GEMEINWERK_PORT"] = args.port
    # Without a word about it, this is the real thing (S98).
    mode = "demo" if args.demo else os.environ.get("GEMEINWERK_MODE") or "production"
    os.environ["GEMEINWERK_MODE"] = mode
    found = environment.read()
    if mode != "demo":
        return Supervisor(found, workers=args.workers, say=_say).run()
    from gemeinwerk.project.demo import logins

    return Supervisor(found, workers=args.workers, say=_say, notes=logins.lines).run()


def _say(text: str) -> None:
    print(text, flush=True)
