"""The `gemeinwerk` command (Befehlszeile): finds the subcommand's module and runs it.

Only the module of the wanted command is loaded, so that none slows down another.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from gemeinwerk.core.kernel import DomainError, FaultsError
from gemeinwerk.project import commands
from gemeinwerk.project.environment import SettingError
from gemeinwerk.project.launcher.errors import LauncherError

DONE, FAILED, WRONG_USE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    data, given = _data_folder(list(sys.argv[1:] if argv is None else argv))
    wanted = given[0] if given and given[0] in names() else None
    args = build_parser(wanted).parse_args(given)
    if data:
        os.environ["GEMEINWERK_DATA"] = data
    try:
        return int(args.run(args))
    except (LauncherError, SettingError) as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE
    except DomainError as refusal:
        print("\n".join(_sentences(refusal)), file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader has seen enough (`| head`); nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as failure:
        if failure.filename is None:
            raise
        print(f"{failure.filename}: {failure.strerror}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return FAILED


def _data_folder(given: list[str]) -> tuple[str | None, list[str]]:
    """Take `--data DIR` out of the words: it may stand before or behind the verb."""
    option = argparse.ArgumentParser(prog="gemeinwerk", add_help=False, allow_abbrev=False)
    option.add_argument("--data", metavar="DIR")
    found, rest = option.parse_known_args(given)
    return found.data, rest


def _sentences(refusal: DomainError) -> list[str]:
    """Return what a refusal says: the texts of the pages, one line per fault."""
    # They read Django's settings; nothing is connected.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")
    from gemeinwerk.web.ui.wording import sentence

    place = f"{refusal.params['file']}: " if "file" in refusal.params else ""
    if not isinstance(refusal, FaultsError):
        return [f"{place}{sentence(refusal.code, refusal.params)}"]
    return [f"{each.path}: {sentence(each.code, each.params)}" for each in refusal.faults]


def names() -> tuple[str, ...]:
    """Return the names of all commands."""
    found = (module.name for module in pkgutil.iter_modules(commands.__path__))
    return tuple(sorted(name.replace("_", "-") for name in found))


def build_parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """Return the parser with one command, or with all of them for `--help`."""
    parser = argparse.ArgumentParser(
        prog="gemeinwerk",
        description="The open digital town hall (Digitales Bürgerbüro).",
        epilog="Exit codes: 0 done, 1 failed or refused, 2 wrong use or surroundings.",
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version")
    choices = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in [wanted] if wanted else names():
        module = load(name)
        sub = choices.add_parser(name, help=module.HELP, description=module.HELP)
        sub.add_argument("--data", metavar="DIR", help="data folder (Datenordner); default: var")
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return parser


class _ShowVersion(argparse.Action):
    """Look the version up only when it is asked for: it costs as much as all the rest."""

    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        from importlib.metadata import version

        print(f"gemeinwerk {version('gemeinwerk')}")
        parser.exit()


def load(name: str) -> ModuleType:
    """Import the module of a command."""
    return importlib.import_module(f"{commands.__name__}.{name.replace('-', '_')}")


if __name__ == "__main__":
    sys.exit(main())
