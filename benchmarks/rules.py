"""German rules: how many are understood, how they agree with the FIM portal, and how fast.

The prose comes from the real schemas; the comparison (what equals what) is told in
`rule_comparison`. Every deviation and every text that is left stands below the table.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.rows import Row
from benchmarks.rule_comparison import Figures, compare
from gemeinwerk.core.rules import Names, Status, Translation, translate_schema
from gemeinwerk.core.schemas import (
    COMMAND_LIMIT,
    CodeList,
    Schema,
    read_code_list,
    read_schema,
    unpack,
)
from tests.paths import STANDARDS

FOLDER = STANDARDS / "xdatenfelder"
_RANK: Mapping[Status, int] = {"translated": 0, "partly": 1, "unclear": 2}


@dataclass(slots=True)
class Corpus:
    """All rules of the real schemas, translated."""

    figures: Figures = field(default_factory=Figures)
    texts: dict[str, Translation] = field(default_factory=dict)
    """Every distinct text with its worst translation."""
    rules: int = 0
    seconds: float = 0.0

    @property
    def translated(self) -> float:
        """Share of the distinct texts that are fully translated at every place."""
        good = sum(each.status == "translated" for each in self.texts.values())
        return good / len(self.texts)


def read_corpus(largest: int = 1 << 30) -> Corpus:
    """Translate every rule there is and compare with the edges of the portal.

    `largest` leaves out files of more bytes, for a quick look.
    """
    corpus = Corpus()
    lists = {}
    for path in sorted(FOLDER.glob("xdf2/*/C*.xml")):
        one = read_code_list(path.read_bytes())
        lists[one.key] = lists[one.uri] = one
    for path, schema in schemas(largest):
        _add(corpus, path, schema, lists)
    return corpus


def schemas(largest: int = 1 << 30) -> Iterator[tuple[Path, Schema]]:
    """Yield every real schema with its file."""
    for path in sorted([*FOLDER.glob("xdf3/*.xml*"), *FOLDER.glob("xdf2/*/S*.xml")]):
        data = path.read_bytes()
        if len(data) > largest:
            continue
        yield path, read_schema(unpack(data, COMMAND_LIMIT), name=path.name)


def _add(corpus: Corpus, path: Path, schema: Schema, lists: Mapping[str, CodeList]) -> None:
    begin = time.process_time()
    translations = translate_schema(schema, lists)
    corpus.seconds += time.process_time() - begin
    corpus.rules += len(translations)
    for each in translations:
        known = corpus.texts.get(each.text)
        if known is None or _RANK[each.status] > _RANK[known.status]:
            corpus.texts[each.text] = each
    edges = FOLDER / "regeln-uebersetzt" / f"{path.name.partition('_xdf')[0]}_regeln.jsonl"
    if edges.exists():
        lines = edges.read_text(encoding="utf-8").splitlines()
        compare(Names(schema, lists), translations, lines, corpus.figures)


def run() -> list[Row]:
    """Measure, and tell on the error channel what deviates and what is left."""
    corpus = read_corpus()
    figures = corpus.figures
    for line in report(corpus):
        print(line, file=sys.stderr)
    return [
        Row(
            "rules: precision against the portal",
            figures.precision * 100,
            "%",
            goal=98,
            at_least=True,
        ),
        Row("rules: recall against the portal", figures.recall * 100, "%", goal=95, at_least=True),
        Row(
            "rules: distinct texts fully translated",
            corpus.translated * 100,
            "%",
            goal=90,
            at_least=True,
        ),
        Row("rules: speed", corpus.rules / corpus.seconds, "rules/s"),
    ]


def report(corpus: Corpus) -> Iterator[str]:
    """Yield what deviates from the portal and which texts are left, with the reasons."""
    figures = corpus.figures
    yield (
        f"{figures.edges} edges: {figures.edges_met} met, {figures.edges_unclear} unclear in ours; "
        f"{figures.ours} of ours: {figures.ours_right} right"
    )
    for deviation, number in Counter(figures.deviations).most_common():
        yield f"  {number}x {deviation}"
    left = [each for each in corpus.texts.values() if each.status != "translated"]
    yield f"{len(corpus.texts)} distinct texts, {len(left)} not fully translated:"
    for each in sorted(left, key=lambda t: (kind_of(t), t.rule_id)):
        why = "; ".join(each.reasons) or "; ".join(each.left)
        yield f"  {kind_of(each)}: {each.rule_id} ({each.owner or 'Schema'}): {why[:160]}"


def kind_of(translation: Translation) -> str:
    """Say which kind of obstacle keeps a rule from being translated."""
    reasons = " ".join(translation.reasons)
    for words, kind in (
        ("zugleich", "contradicts itself"),
        ("verschiedene Codes", "two codes for one value, list missing"),
        ("nicht in der Liste", "value not in its list"),
        ("gibt es", "unknown element"),
        ("eindeutig", "ambiguous sign"),
        ("sagt der Satz nicht", "verb missing"),
    ):
        if words in reasons:
            return kind
    return "outside the grammar"
