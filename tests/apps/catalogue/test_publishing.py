"""Publishing: refused with every gap at once, versioned, and only for those who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.catalogue import actions, drafts, preparing, queries
from gemeinwerk.apps.catalogue.errors import ChangedMeanwhileError
from gemeinwerk.apps.library import actions as library
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Actor, Role, anonymous
from gemeinwerk.core.kernel import FaultsError, NotFoundError, RefusedError
from gemeinwerk.core.packages import Additions
from gemeinwerk.core.schemas import UPLOAD_LIMIT
from tests.studio_files import ADDED, NOW, PARKING, PARKING_KEY, author, files_of, parking_files

pytestmark = pytest.mark.usefixtures("blocks")
TODAY = NOW.date()


@pytest.fixture
def ina(lindenau: int) -> Actor:
    return author(lindenau)


@pytest.fixture
def draft(ina: Actor) -> str:
    report = library.load_schema(actor=ina, files=parking_files(), limit=UPLOAD_LIMIT, now=NOW)
    return preparing.begin_from_schema(actor=ina, schema_id=report.schema_id, now=NOW)


def save(ina: Actor, unit: UUID | None, **more: Any) -> None:
    fee = more.pop("fixed", None)
    revision = more.pop("revision", None)
    view = drafts.service(ina, PARKING_KEY)
    preparing.save_draft(
        actor=ina,
        key=PARKING_KEY,
        additions=Additions(**{**ADDED, **more}),
        unit_id=unit,
        revision=view.revision if revision is None else revision,
        fee=fee,
        now=NOW,
    )


def publish(ina: Actor) -> Any:
    return preparing.publish_draft(actor=ina, key=PARKING_KEY, now=NOW, rules_left_open=True)


def test_a_fresh_draft_is_refused_with_all_gaps_at_once(ina: Actor, draft: str) -> None:
    assert draft == PARKING_KEY
    with pytest.raises(FaultsError) as refused:
        publish(ina)
    codes = {fault.code for fault in refused.value.faults}
    assert codes >= {
        "package.no_identity_reason",
        "package.no_usual_days",
        "package.no_retention",
        "package.privacy_incomplete",
        "catalogue.no_unit",
    }
    assert "package.no_tests" not in codes
    assert queries.live_offers() == []


def test_a_complete_draft_goes_live_and_can_be_found(ina: Actor, draft: str, unit: UUID) -> None:
    save(ina, unit, title="Bewohnerparkausweis", keywords=("Anwohnerparken",))
    version = publish(ina)
    assert (version.number, version.source) == (1, "schema S05000058 1.0")
    assert [hit.offer.title for hit in queries.search("anwohnerparken")] == ["Bewohnerparkausweis"]
    assert publish(ina).id == version.id
    assert not drafts.service(ina, PARKING_KEY).changed
    assert [row.state for row in drafts.services(ina)] == ["live"]
    assert "service.published" in set(Entry.objects.values_list("verb", flat=True))


def test_a_change_makes_a_new_version_and_the_old_one_stays(
    ina: Actor, draft: str, unit: UUID
) -> None:
    save(ina, unit)
    first = publish(ina)
    save(ina, unit, usual_days=3, life_situation="mobility")
    assert drafts.service(ina, PARKING_KEY).changed
    second = publish(ina)
    assert [row.number for row in drafts.versions(ina, PARKING_KEY)] == [2, 1]
    assert queries.package_of(first.id).usual_days == ADDED["usual_days"]
    assert queries.package_of(second.id).usual_days == 3
    assert queries.live_offers()[0].life_situation == "mobility"


def test_going_back_to_earlier_content_is_a_new_version(ina: Actor, draft: str, unit: UUID) -> None:
    for days in (5, 6, 5):
        save(ina, unit, usual_days=days)
        publish(ina)
    assert [row.number for row in drafts.versions(ina, PARKING_KEY)] == [3, 2, 1]


def test_a_list_loaded_later_changes_the_draft_and_not_what_is_live(
    ina: Actor, lindenau: int, unit: UUID
) -> None:
    report = library.load_schema(
        actor=ina, files=parking_files(lists=False), limit=UPLOAD_LIMIT, now=NOW
    )
    preparing.begin_from_schema(actor=ina, schema_id=report.schema_id, now=NOW)
    save(ina, unit)
    live = publish(ina)
    before = live.content_hash
    lists = files_of(*PARKING.glob("C*.xml"))
    library.load_files(actor=ina, files=lists, limit=UPLOAD_LIMIT, now=NOW)
    assert drafts.service(ina, PARKING_KEY).changed
    assert queries.offer_version(live.id).content_hash == before
    assert publish(ina).number == 2


def test_a_fixed_fee_is_dated_and_blocks_until_it_applies(
    ina: Actor, draft: str, unit: UUID
) -> None:
    save(ina, unit, fee="fixed")
    with pytest.raises(FaultsError) as refused:
        publish(ina)
    assert {fault.code for fault in refused.value.faults} == {"catalogue.parameter_missing"}
    later = preparing.FixedFee("30.00", "§ 2 Satzung", TODAY + timedelta(days=9))
    save(ina, unit, fee="fixed", fixed=later)
    with pytest.raises(FaultsError):
        publish(ina)
    save(ina, unit, fee="fixed", fixed=preparing.FixedFee("20.00", "§ 1 Satzung", TODAY))
    version = publish(ina)
    for day, total in ((TODAY, "20.00"), (later.valid_from, "30.00")):
        statement = queries.fee_of(version.id, {}, on=day)
        assert statement is not None
        assert str(statement.total) == total


def test_values_of_the_town_are_checked(ina: Actor, draft: str, unit: UUID) -> None:
    save(ina, unit, fee="fixed")
    package = drafts.service(ina, PARKING_KEY).package

    def put(name: str, value: Any, norm: str = "§ 1") -> None:
        preparing.set_value(
            actor=ina,
            package=package,
            name=name,
            value=value,
            valid_from=TODAY,
            norm=norm,
            now=NOW,
        )

    with pytest.raises(FaultsError) as refused:
        put("fee", "-1", norm="")
    assert {fault.code for fault in refused.value.faults} == {
        "parameter.too_small",
        "catalogue.value_without_norm",
    }
    with pytest.raises(NotFoundError):
        put("unknown", "1")
    put("fee", "0.00")


def test_two_tabs_do_not_overwrite_each_other(ina: Actor, draft: str, unit: UUID) -> None:
    seen = drafts.service(ina, PARKING_KEY).revision
    save(ina, unit, revision=seen)
    with pytest.raises(ChangedMeanwhileError):
        save(ina, unit, revision=seen, usual_days=99)
    assert drafts.service(ina, PARKING_KEY).additions.usual_days == ADDED["usual_days"]


def test_retired_means_gone_from_the_portal_and_can_come_back(
    ina: Actor, draft: str, unit: UUID
) -> None:
    save(ina, unit)
    version = publish(ina)
    actions.retire(actor=ina, offer_id=version.offer_id, now=NOW)
    assert queries.live_offers() == []
    assert queries.package_of(version.id).key == PARKING_KEY
    assert [row.state for row in drafts.services(ina)] == ["retired"]
    assert publish(ina).id == version.id
    assert len(queries.live_offers()) == 1


def test_a_service_published_without_a_draft_can_be_taken_up(
    ina: Actor, draft: str, unit: UUID
) -> None:
    save(ina, unit)
    publish(ina)
    drafts.ServiceDraft.objects.all().delete()
    view = drafts.service(ina, PARKING_KEY)
    assert view.additions.usual_days == ADDED["usual_days"]
    assert view.unit_id == unit
    assert not view.changed
    save(ina, unit, usual_days=4)
    assert publish(ina).number == 2


def test_a_newer_schema_keeps_what_was_added(ina: Actor, draft: str, unit: UUID) -> None:
    save(ina, unit)
    publish(ina)
    name, data = parking_files(lists=False)[0]
    newer = data.replace(b"<xdf:version>1.0</xdf:version>", b"<xdf:version>1.1</xdf:version>")
    report = library.load_schema(
        actor=ina, files=[(name, newer)], limit=UPLOAD_LIMIT, now=NOW + timedelta(hours=1)
    )
    assert report.version == "1.1"
    assert not drafts.service(ina, PARKING_KEY).changed
    preparing.begin_from_schema(actor=ina, schema_id=report.schema_id, now=NOW)
    view = drafts.service(ina, PARKING_KEY)
    assert (view.package.version, view.additions.usual_days) == ("1.1", 10)


def test_everything_is_refused_to_others(ina: Actor, draft: str, unit: UUID, lindenau: int) -> None:
    save(ina, unit)
    package = drafts.service(ina, PARKING_KEY).package
    others = (
        anonymous(lindenau),
        author(lindenau, Role.CASEWORKER, Role.TEAM_LEAD, Role.MAYOR),
        author(lindenau + 1),
    )
    for actor in others[:2]:
        attempts = (
            lambda actor=actor: publish(actor),
            lambda actor=actor: save(actor, unit),
            lambda actor=actor: drafts.services(actor),
            lambda actor=actor: drafts.versions(actor, PARKING_KEY),
            lambda actor=actor: preparing.begin_from_shelf(actor=actor, key="x", now=NOW),
            lambda actor=actor: preparing.begin_from_schema(
                actor=actor, schema_id=uuid4(), now=NOW
            ),
            lambda actor=actor: actions.retire(actor=actor, offer_id=uuid4(), now=NOW),
            lambda actor=actor: actions.publish(
                actor=actor, package=package, unit_id=unit, source="", now=NOW
            ),
            lambda actor=actor: preparing.set_value(
                actor=actor,
                package=package,
                name="fee",
                value="1.00",
                valid_from=TODAY,
                norm="§ 1",
                now=NOW,
            ),
        )
        for attempt in attempts:
            with pytest.raises(RefusedError):
                attempt()


def test_what_is_not_there_is_not_found(ina: Actor, unit: UUID) -> None:
    for attempt in (
        lambda: drafts.service(ina, "s99000000001"),
        lambda: preparing.begin_from_schema(actor=ina, schema_id=uuid4(), now=NOW),
        lambda: preparing.begin_from_shelf(actor=ina, key="nothing", now=NOW),
        lambda: actions.retire(actor=ina, offer_id=uuid4(), now=NOW),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_another_town_sees_no_draft_and_no_unit(
    ina: Actor, draft: str, unit: UUID, towns: tuple[int, int]
) -> None:
    with tenancy.town(towns[1]):
        carla = author(towns[1])
        assert drafts.services(carla) == []
        with pytest.raises(NotFoundError):
            drafts.service(carla, PARKING_KEY)


def test_a_unit_that_is_not_ours_is_refused(ina: Actor, draft: str) -> None:
    with pytest.raises(NotFoundError):
        save(ina, uuid4())
