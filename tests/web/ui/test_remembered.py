"""A remembered question is, letter by letter, the question drawn anew."""

from __future__ import annotations

import pytest

from benchmarks.thirty import FORM, TODAY, submissions
from gemeinwerk.core.forms import compile_form
from gemeinwerk.web.ui import language, remembered
from gemeinwerk.web.ui.render import environment

SOURCE = """{% import "parts/questions.html" as questions %}{{ questions.questions(nodes) }}"""


def drawn(nodes, spoken="de"):
    with language.spoken(spoken):
        html = environment().render_str(SOURCE, nodes=nodes, language=spoken)
    return html.replace("&#x2f;", "/")  # templates escape a slash, `escape` does not need to


def without_tokens(nodes):
    plain = []
    for node in nodes:
        kept = {name: value for name, value in node.items() if name != "token"}
        if "nodes" in kept:
            kept["nodes"] = without_tokens(kept["nodes"])
        plain.append(kept)
    return plain


@pytest.mark.parametrize("spoken", ["de", "en"])
def test_remembered_pages_are_the_pages_drawn_anew(spoken):
    form = compile_form(FORM)
    for answers in submissions(40):
        faults = form.faults(answers, today=TODAY)[:2]
        for shown in ((), faults):
            view = form.page_view("all", answers, today=TODAY, faults=shown)
            for _ in range(2):
                assert drawn(view["nodes"], spoken) == drawn(without_tokens(view["nodes"]), spoken)


def test_answers_are_escaped_and_not_kept():
    form = compile_form(FORM)
    nasty = '"><script>alert(1)</script>\ue0f0\ue0f1'
    answers = {"G99000801.F01": nasty, "G99000803.F20": nasty, "G99000803.F19": "true"}
    raw = {"G99000801.F04": nasty, "G99000803.F19": nasty}
    for _ in range(2):
        view = form.page_view("all", answers, today=TODAY, raw=raw)
        html = drawn(view["nodes"])
        assert html == drawn(without_tokens(view["nodes"]))
        assert "<script>" not in html
    assert not any("alert" in part for parts in remembered._kept.values() for part in parts)


def test_the_shelf_is_bounded(monkeypatch):
    monkeypatch.setattr(remembered, "MOST_KEPT", 5)
    form = compile_form(FORM)
    drawn(form.page_view("all", {}, today=TODAY)["nodes"])
    assert len(remembered._kept) <= 5
