"""Before anything is deleted the archive is asked; what it wants is handed over whole (R34)."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.parking import Office, apply

pytestmark = pytest.mark.django_db

DUE = datetime(2030, 11, 26, 12, tzinfo=UTC)


def offered(office: Office) -> UUID:
    from gemeinwerk.apps.notices import actions

    dossier = apply(office)
    office.work()
    with office.as_worker():
        assert actions.dispose_of_due(now=DUE) == 0
    return dossier


def run(office: Office, now: datetime) -> int:
    from gemeinwerk.apps.notices import actions

    with office.as_worker():
        return actions.dispose_of_due(now=now)


def only_row(office: Office):  # type: ignore[no-untyped-def]
    from gemeinwerk.apps.notices import archive

    return archive.offers(office.actor("Petra"))[0]


def verbs(dossier: UUID) -> list[str]:
    from gemeinwerk.apps.audit.models import Entry

    rows = Entry.objects.filter(subject=dossier, verb__startswith="archive.").order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_what_is_due_is_offered_with_a_dated_period_and_its_norm(office: Office) -> None:
    dossier = offered(office)
    row = only_row(office)
    assert (row.case_id, row.state, row.answer_until) == (dossier, "open", date(2031, 5, 26))
    assert "zu bestätigen" in row.norm
    assert run(office, DUE + timedelta(days=100)) == 0
    assert verbs(dossier) == ["archive.offered"]


def test_without_an_answer_it_is_deleted_after_the_period(office: Office) -> None:
    dossier = offered(office)
    assert run(office, datetime(2031, 5, 26, 12, tzinfo=UTC)) == 0
    assert run(office, datetime(2031, 5, 27, 12, tzinfo=UTC)) == 1
    assert verbs(dossier) == ["archive.offered", "archive.lapsed"]


def test_what_the_archive_does_not_want_is_deleted(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.errors import OfferAnsweredError

    dossier, petra = offered(office), office.actor("Petra")
    offer_id = only_row(office).id
    with pytest.raises(OfferAnsweredError):
        actions.export(actor=petra, offer_id=offer_id, now=DUE)
    actions.answer(actor=petra, offer_id=offer_id, worthy=False, now=DUE)
    with pytest.raises(OfferAnsweredError):
        actions.answer(actor=petra, offer_id=offer_id, worthy=True, now=DUE)
    with pytest.raises(OfferAnsweredError):
        actions.hand_over(actor=petra, offer_id=offer_id, now=DUE)
    assert run(office, DUE + timedelta(days=1)) == 1
    assert verbs(dossier) == ["archive.offered", "archive.declined"]


def test_what_the_archive_wants_stays_until_it_has_it(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, archive

    dossier, petra = offered(office), office.actor("Petra")
    offer_id = only_row(office).id
    actions.answer(actor=petra, offer_id=offer_id, worthy=True, now=DUE)
    assert run(office, DUE + timedelta(days=900)) == 0
    case, data = actions.export(actor=petra, offer_id=offer_id, now=DUE)
    folder = zipfile.ZipFile(io.BytesIO(data))
    parts = {name: folder.read(name) for name in folder.namelist()}
    manifest = parts.pop("manifest-sha256.txt").decode()
    for name, part in parts.items():
        assert f"{hashlib.sha256(part).hexdigest()}  {name}\n" in manifest
    told = json.loads(parts["akte.json"])
    assert (told["number"], told["outcome"]) == (case.number, "grant")
    assert told["declared"]["answers"]
    assert [one["place"] for one in told["files"]] == [n for n in parts if n != "akte.json"]
    assert any(part.startswith(b"%PDF-") for part in parts.values())
    assert run(office, DUE + timedelta(days=901)) == 0
    actions.hand_over(actor=petra, offer_id=offer_id, now=DUE)
    assert run(office, DUE + timedelta(days=902)) == 1
    assert archive.offers(petra) == []
    assert verbs(dossier)[1:] == ["archive.accepted", "archive.exported", "archive.handed_over"]


def test_the_town_says_how_long_its_archive_has(office: Office, as_owner) -> None:  # type: ignore[no-untyped-def]
    from gemeinwerk.apps.notices import archive

    assert archive.term({"archive": {"months": 12, "norm": "§ 4 Archivsatzung"}}) == (
        12,
        "§ 4 Archivsatzung",
    )
    assert archive.term({})[0] == archive.USUAL_MONTHS


def test_others_neither_see_nor_answer(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, archive
    from gemeinwerk.core.kernel import NotFoundError, RefusedError

    offered(office)
    offer_id = only_row(office).id
    assert archive.offers(office.actor("Oke")) == []
    with pytest.raises((NotFoundError, RefusedError)):
        archive.offers(office.actor("Ben"))
    for name in ("Ben", "Oke"):
        for deed in (actions.export, actions.hand_over):
            with pytest.raises((NotFoundError, RefusedError)):
                deed(actor=office.actor(name), offer_id=offer_id, now=DUE)
