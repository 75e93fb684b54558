"""A list of questions becomes an import, decisions, and a schema like all others."""

from __future__ import annotations

from typing import Any

import pytest

from gemeinwerk.apps.catalogue import drafts, preparing
from gemeinwerk.apps.library import actions, papers
from gemeinwerk.apps.library.papers import PaperView
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Role
from gemeinwerk.core.kernel import FaultsError, NotFoundError, RefusedError
from gemeinwerk.core.paper import Decision, ListRefusedError, outcome_of
from gemeinwerk.core.schemas import UPLOAD_LIMIT
from tests.core.paper.sheets import csv_bytes, workbook
from tests.studio_files import NOW, author, parking_files

pytestmark = pytest.mark.usefixtures("blocks")


def loaded(town_id: int, data: bytes = b"") -> PaperView:
    return papers.load(
        actor=author(town_id),
        name="bogen.csv",
        data=data or csv_bytes(),
        title="Standgenehmigung",
        now=NOW,
    )


def decide(view: PaperView, town_id: int, number: int, **decision: Any) -> None:
    papers.decide(
        actor=author(town_id),
        paper_id=view.id,
        number=number,
        decision=Decision(**decision),
        now=NOW,
    )


def test_from_paper_to_a_draft_like_any_other(lindenau: int) -> None:
    view = loaded(lindenau, workbook())
    me = author(lindenau)
    decide(view, lindenau, 8, verb="keep", text="Wie groß ist Ihr Stand?")
    papers.accept_rest(actor=me, paper_id=view.id, now=NOW)
    made = papers.paper_form(me, view.id).paper
    assert made.decisions["8"].text == "Wie groß ist Ihr Stand?"
    assert outcome_of(made).open == 0
    schema_id = papers.make_schema(actor=me, paper_id=view.id, title="Marktstand", now=NOW)
    key = preparing.begin_from_schema(actor=me, schema_id=schema_id, now=NOW)
    assert key == "s99000010000"
    service = drafts.service(me, key)
    assert service.package.name == "Marktstand"
    assert service.package.roles["family_name"] == "G99000011.F99000101"
    decide(view, lindenau, 9, verb="drop", reason="Niemand liest das.")
    again = papers.make_schema(actor=me, paper_id=view.id, title="", now=NOW)
    assert again != schema_id
    preparing.begin_from_schema(actor=me, schema_id=again, now=NOW)
    asked = str(drafts.service(me, key).package.form)
    assert "Wie groß ist Ihr Stand?" in asked
    assert "teilgenommen" not in asked


def test_blocks_of_loaded_schemas_are_proposed_and_placed(lindenau: int) -> None:
    me = author(lindenau)
    files = parking_files(lists=False)
    actions.load_files(actor=me, files=files, limit=UPLOAD_LIMIT, now=NOW)
    view = loaded(lindenau, b"Frage\nParkausweisnummer\nFarbe des Wagens\n")
    first = view.paper.questions[0].proposals[0]
    assert first.verb == "block", view.paper.questions[0]
    assert first.target.startswith("fim:")
    assert "Parkausweisnummer" in papers.block_names(me)[first.target]
    papers.accept_rest(actor=me, paper_id=view.id, now=NOW)
    schema_id = papers.make_schema(actor=me, paper_id=view.id, title="Wagen", now=NOW)
    key = preparing.begin_from_schema(actor=me, schema_id=schema_id, now=NOW)
    assert first.target.removeprefix("fim:") in str(drafts.service(me, key).package.form)


def test_numbers_do_not_meet(lindenau: int) -> None:
    assert [loaded(lindenau).number for _ in range(3)] == [1, 2, 3]


def test_what_is_refused(lindenau: int) -> None:
    view = loaded(lindenau)
    with pytest.raises(ListRefusedError):
        loaded(lindenau, b"\0\0")
    for decision in (
        {"verb": "drop"},
        {"verb": "merge", "target": "4000"},
        {"verb": "block", "target": "fim:F05999999"},
        {"verb": "block", "target": "G99000011.F99000101+x"},
    ):
        with pytest.raises(FaultsError):
            decide(view, lindenau, 4, **decision)
    with pytest.raises(NotFoundError):
        decide(view, lindenau, 16, verb="keep")
    with pytest.raises(FaultsError):
        papers.make_schema(actor=author(lindenau), paper_id=view.id, title="", now=NOW)
    decide(view, lindenau, 4, verb="keep")
    papers.reopen(actor=author(lindenau), paper_id=view.id, number=4, now=NOW)
    assert len(papers.paper_form(author(lindenau), view.id).paper.open) == 15


def test_only_authors_of_this_town(lindenau: int, towns: tuple[int, int]) -> None:
    view = loaded(lindenau)
    clerk = author(lindenau, Role.CASEWORKER)
    for forbidden in (
        lambda: papers.papers_of_town(clerk),
        lambda: papers.paper_form(clerk, view.id),
        lambda: papers.accept_rest(actor=clerk, paper_id=view.id, now=NOW),
        lambda: papers.block_names(clerk),
    ):
        with pytest.raises(RefusedError):
            forbidden()
    with tenancy.town(towns[1]):
        other = author(towns[1])
        assert papers.papers_of_town(other) == []
        with pytest.raises(NotFoundError):
            papers.paper_form(other, view.id)
        with pytest.raises(NotFoundError):
            papers.accept_rest(actor=other, paper_id=view.id, now=NOW)
