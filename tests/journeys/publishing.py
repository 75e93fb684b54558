"""`python -m tests.journeys.publishing DATA PATH...`: publish real schemas in a running demo.

Prints one JSON line for each: its address part, its title, and what to type, by name of the input.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

TOWN = "sternhafen"  # where no other journey publishes


def main(data: str, *paths: str) -> None:
    """Publish each schema with the rules that were understood, and make answers for it."""
    os.environ |= {"GEMEINWERK_DATA": data, "GEMEINWERK_MODE": "demo"}
    os.environ.pop("DATABASE_URL", None)
    from gemeinwerk.project import django_setup

    django_setup.start("worker")
    from gemeinwerk.project import towns

    for path in paths:
        with towns.inside(TOWN) as town_id:
            sys.stdout.write(json.dumps(published(town_id, Path(path))) + "\n")


def published(town_id: int, path: Path) -> dict[str, Any]:
    """Load, prepare and publish one schema as its author would."""
    from django.utils import timezone

    from gemeinwerk.apps.catalogue import preparing, queries, ruling
    from gemeinwerk.apps.library import actions as library
    from gemeinwerk.apps.municipalities.models import Unit
    from gemeinwerk.core.packages import Additions
    from gemeinwerk.core.schemas import COMMAND_LIMIT
    from tests.ruled_answering import answers_under_rules
    from tests.studio_files import ADDED, author, files_of
    from tests.web.studio.test_real_schemas import shown_values

    now, today, actor = timezone.now(), timezone.localdate(), author(town_id)
    lists = sorted(path.parent.glob("C*.xml")) if path.parent.parent.name == "xdf2" else []
    report = library.load_schema(
        actor=actor, files=files_of(path, *lists), limit=COMMAND_LIMIT, now=now
    )
    key = preparing.begin_from_schema(actor=actor, schema_id=report.schema_id, now=now)
    ruling.confirm_clear(actor=actor, key=key, now=now)
    added = Additions(**ADDED)  # type: ignore[arg-type]  # samples of mixed types
    unit = Unit.objects.order_by("pk").values_list("pk", flat=True)[0]
    preparing.save_draft(
        actor=actor, key=key, additions=added, unit_id=unit, revision=1, fee=None, now=now
    )
    version = preparing.publish_draft(actor=actor, key=key, now=now, rules_left_open=True)
    form = queries.compiled_form(version.id, language="de", today=today)
    answers = answers_under_rules(form, 1)
    typed: dict[str, str] = {}
    for page in form.route(answers, today=today):
        view = form.page_view(page, answers, today=today)
        typed |= {name: value for name, (value,) in shown_values(view["nodes"]) if value}
    return {"slug": version.offer.slug, "typed": typed}


if __name__ == "__main__":
    main(*sys.argv[1:])
