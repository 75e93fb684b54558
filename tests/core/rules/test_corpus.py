"""The rules of the real schemas: how many are understood, and how they agree with the portal."""

from __future__ import annotations

import pytest

from benchmarks.rules import Corpus, kind_of, read_corpus, report


@pytest.fixture(
    scope="module", params=["small files", pytest.param("all files", marks=pytest.mark.long)]
)
def corpus(request: pytest.FixtureRequest) -> Corpus:
    return read_corpus() if request.param == "all files" else read_corpus(largest=40_000)


def test_precision_and_recall_against_the_portal(corpus: Corpus) -> None:
    figures = corpus.figures
    assert figures.edges > 90
    assert figures.precision >= 0.98, "\n".join(report(corpus))
    assert figures.recall >= 0.95, "\n".join(report(corpus))


def test_nine_of_ten_texts_are_fully_translated(corpus: Corpus) -> None:
    assert len(corpus.texts) >= 40
    assert corpus.translated >= 0.9


def test_what_is_left_has_a_reason(corpus: Corpus) -> None:
    for each in corpus.texts.values():
        if each.status != "translated":
            assert kind_of(each)
            assert each.reasons or each.left
