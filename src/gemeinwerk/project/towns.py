"""Towns for commands: one by key or slug, or all, each behind its wall."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from gemeinwerk.project.environment import SettingError

TOWN_HELP = "ARS (12 digits) or slug of the town (Kommune)"


def add_town(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Declare `--municipality`."""
    parser.add_argument("--municipality", metavar="KEY", required=required, help=TOWN_HELP)


def slugs(key: str | None) -> list[str]:
    """Return the slug of the wanted town, or of all when none is named."""
    from gemeinwerk.apps.municipalities import queries

    return [_town(key)[1]] if key else [town.slug for town in queries.all_towns()]


@contextmanager
def inside(key: str) -> Iterator[int]:
    """Run behind the wall of a town; gives its id. SettingError when there is none."""
    from gemeinwerk.apps.municipalities import tenancy

    town_id, _ = _town(key)
    with tenancy.town(town_id):
        yield town_id


def sure(args: argparse.Namespace, question: str) -> bool:
    """Ask before what cannot be taken back; `--yes` answers, no terminal means no."""
    if args.yes:
        return True
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [ja/nein] ").strip().lower() in ("ja", "j", "yes", "y")


def _town(key: str) -> tuple[int, str]:
    from gemeinwerk.apps.municipalities import queries
    from gemeinwerk.core.kernel import NotFoundError

    try:
        town = queries.town_by_key(key)
    except NotFoundError:
        raise SettingError(f"Die Kommune „{key}“ gibt es hier nicht.") from None
    return town.id, town.slug
