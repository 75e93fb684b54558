"""A partner's machine sends an application: taken once, refused with pointers, never half kept."""

from __future__ import annotations

import base64
import copy
import json
from typing import Any

import pytest

from tests.parking import Office, photo
from tests.web.api.conftest import MakeKey

pytestmark = pytest.mark.django_db


def slug() -> str:
    from gemeinwerk.apps.catalogue import queries

    (offer,) = queries.live_offers()
    return offer.slug


def application() -> dict[str, Any]:
    """Return a document as the schema describes it: the first test case of the package."""
    from gemeinwerk.apps.catalogue import queries
    from gemeinwerk.core.forms.exports import to_document
    from gemeinwerk.web.ui.request import today

    (offer,) = queries.live_offers()
    version = queries.live_version_id(offer)
    form = queries.compiled_form(version, language="de", today=today())
    package = queries.package_of(version)
    answers = form.effective(package.tests[0].answers, today=today())
    document = to_document(form.form, answers)
    wanted = form.evidence(answers, today=today())
    picture = base64.b64encode(photo()).decode()
    document["_evidence"] = {
        spec.key: {"files": [{"name": "foto.png", "content": picture}]}
        for spec in wanted
        if spec.required
    }
    return document


def send(
    machine: Any, key: str, document: object, *, once: str = "antrag-0001", **more: Any
) -> Any:
    body = document if isinstance(document, str) else json.dumps(document)
    headers = {"Idempotency-Key": once, "Authorization": f"Bearer {key}"} | more.pop("headers", {})
    name = more.pop("slug", "") or slug()
    more = {"content_type": "application/json"} | more
    return machine.post(f"/api/v1/services/{name}/applications", body, headers=headers, **more)


def kept() -> dict[str, int]:
    from gemeinwerk.apps.applications.models import Draft, Evidence, Intake, Submission

    return {one.__name__: one.objects.count() for one in (Draft, Evidence, Intake, Submission)}


def test_an_application_becomes_a_case_and_can_be_followed(
    machine: Any, make_key: MakeKey, office: Office
) -> None:
    from django.utils import timezone

    from gemeinwerk.apps.applications.models import Submission

    answer = send(machine, make_key(), application())
    assert answer.status_code == 201, answer.content
    told = answer.json()
    row = Submission.objects.get()
    assert told["number"] == row.number and row.channel == "api"
    assert answer["Location"] == told["receipt"] and str(row.id) in told["receipt"]
    assert office.work(timezone.now()) > 0
    opened = machine.get(told["receipt"])
    assert opened.status_code == 200
    assert told["access_code"]


def test_repeating_gives_the_same_receipt(machine: Any, make_key: MakeKey) -> None:
    key, document = make_key(), application()
    first = send(machine, key, document)
    before = kept()
    again = send(machine, key, document)
    assert again.status_code == 201 and again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert kept() == before
    other = send(machine, key, document, once="antrag-0002")
    assert other.json()["number"] != first.json()["number"]


def test_another_body_under_the_same_mark_is_refused(machine: Any, make_key: MakeKey) -> None:
    key, document = make_key(), application()
    send(machine, key, document)
    changed = {**document, "_evidence": {}}
    answer = send(machine, key, changed)
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "application.other_body"


def test_two_keys_may_use_the_same_mark(machine: Any, make_key: MakeKey) -> None:
    numbers = {send(machine, make_key(), application()).json()["number"] for _ in range(2)}
    assert len(numbers) == 2


def test_everything_wrong_is_told_at_once_with_its_place(machine: Any, make_key: MakeKey) -> None:
    document = application()
    person = document["G99000011"]
    del person["F99000101"]
    person["F99000102"] = "Жук"
    person["F99000103"] = "morgen"
    document["G1"] = {"a/b": 1}
    document["_evidence"] = {"nothing": {}}
    answer = send(machine, make_key(), document)
    assert answer.status_code == 422
    told = answer.json()
    assert told["type"] == "urn:gemeinwerk:problem:application.intake_refused"
    found = {one["pointer"]: one["code"] for one in told["errors"]}
    assert found["/G99000011/F99000101"] == "answer.required"
    assert found["/G99000011/F99000102"] == "answer.character_not_allowed"
    assert found["/G99000011/F99000103"] == "answer.not_a_date"
    assert found["/G1"] == "answer.unknown_name"
    assert found["/_evidence/nothing"] == "application.unknown_evidence"
    assert all(one["detail"] for one in told["errors"])
    assert "evidence.required" in found.values()
    assert kept() == {"Draft": 0, "Evidence": 0, "Intake": 0, "Submission": 0}


def test_a_refused_file_leaves_nothing_behind(machine: Any, make_key: MakeKey) -> None:
    from gemeinwerk.apps.documents.models import StoredFile

    document = application()
    (name, *_) = document["_evidence"]
    bad = copy.deepcopy(document)
    content = base64.b64encode(b"MZ no picture").decode()
    bad["_evidence"][name]["files"][0] = {"name": "foto.png", "content": content}
    key = make_key()
    answer = send(machine, key, bad)
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == f"/_evidence/{name}/files/0/content"
    assert kept() == {"Draft": 0, "Evidence": 0, "Intake": 0, "Submission": 0}
    assert StoredFile.objects.count() == 0
    # The mark is free again: what was refused may be sent corrected.
    assert send(machine, key, document).status_code == 201


@pytest.mark.parametrize(
    ("body", "more", "status", "code"),
    [
        ("{", {}, 400, "api.not_json"),
        ("[" * 5000, {}, 400, "api.not_json"),
        ('{"a": 1e999999}', {}, 422, "application.intake_refused"),
        ("[]", {}, 422, "application.intake_refused"),
        ("{}", {"content_type": "text/plain"}, 415, "api.not_json_type"),
        ("{}", {"headers": {"Idempotency-Key": "kurz"}}, 400, "api.once_missing"),
    ],
)
def test_what_is_no_application(
    machine: Any, make_key: MakeKey, body: str, more: Any, status: int, code: str
) -> None:
    answer = send(machine, make_key(), body, **more)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["status"] == status


def test_only_good_keys_open(machine: Any, make_key: MakeKey) -> None:
    for key in ("", "gwk_wrong", make_key(revoked=True)):
        answer = send(machine, key, {})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
    answer = send(machine, make_key("hundesteuer"), {})
    assert (answer.status_code, answer.json()["code"]) == (403, "api.key_may_not")
    assert send(machine, make_key(slug()), {}).status_code == 422


def test_a_key_of_another_town_opens_nothing(make_key: MakeKey, towns: tuple[int, int]) -> None:
    from django.test import Client

    stranger = Client(headers={"host": "birkenfurt.localhost"})
    headers = {"Authorization": f"Bearer {make_key()}", "Idempotency-Key": "antrag-0001"}
    path = f"/api/v1/services/{slug()}/applications"
    answer = stranger.post(path, "{}", content_type="application/json", headers=headers)
    assert answer.status_code == 401


def test_too_many_requests_wait(
    machine: Any, make_key: MakeKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gemeinwerk.apps.identity import partners

    monkeypatch.setattr(partners, "PER_MINUTE", 2)
    key = make_key()
    codes = [send(machine, key, {}).status_code for _ in range(3)]
    assert codes == [422, 422, 429]
    answer = send(machine, key, {})
    assert int(answer["Retry-After"]) > 0
    assert answer.json()["code"] == "api.too_many_requests"


def test_the_documents_of_a_service_are_public(machine: Any, office: Office) -> None:
    from jsonschema import Draft202012Validator
    from lxml import etree

    listed = machine.get("/api/v1/services").json()
    (one,) = listed["services"]
    assert one["slug"] == slug()
    schema = machine.get(one["schema"]).json()
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(application())) == []
    described = machine.get(one["openapi"]).json()
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": "http://lindenau.localhost/api/v1"}]
    message = machine.get(one["schema"].replace(".json", ".xsd"))
    etree.XMLSchema(etree.fromstring(message.content))
    missing = machine.get("/api/v1/services/nichts/schema.json")
    assert missing.status_code == 404
    assert missing["Content-Type"] == "application/problem+json"


def test_the_record_names_the_key(machine: Any, make_key: MakeKey) -> None:
    from gemeinwerk.apps.audit.models import Entry

    send(machine, make_key(), application())
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"api_key.added", "application.received_by_api", "application.submitted"} <= verbs


def test_nobody_declares_for_somebody_else(office: Office, machine: Any, make_key: MakeKey) -> None:
    from gemeinwerk.apps.catalogue import queries
    from gemeinwerk.core.forms.exports import to_document
    from tests import felling

    felling.publish(office)
    version = queries.live_version_id(queries.offer_by_slug(felling.SLUG))
    package = queries.package_of(version)
    own, together = package.tests[0].answers, package.tests[3].answers
    key, before = make_key(), kept()
    refused = send(machine, key, to_document(package.form, together), slug=felling.SLUG)
    assert refused.status_code == 422
    codes = [one["code"] for one in refused.json()["errors"]]
    assert codes == ["application.several_people"]
    assert kept() == before
    alone = send(machine, key, to_document(package.form, own), slug=felling.SLUG, once="antrag-2")
    assert alone.status_code == 201, alone.content
