"""Every verb of the record has its German sentence, and every right its name."""

from __future__ import annotations

import ast
import re

from gemeinwerk.core.access import Right
from gemeinwerk.web.ui.deeds import DEEDS, RIGHTS
from tests.house.test_guards import TREES, name_of

VERB = re.compile(r"[a-z_]+\.[a-z_]+")
WRITERS = {"record", "_record", "_record_unit"}
# Verbs that are put together: the function, the place of the changing word, and its verb.
BUILT = {
    ("changed", 2): "access.{}",
    ("_ask", 2): "case.asked_{}",
    ("record_read", 1): "{}.read",
    ("record_reads", 1): "{}.listed",
}
JOINED = {
    "access.{}",
    "case.asked_{}",
    "{}.read",
    "{}.listed",
}


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _verbs(call: ast.Call) -> set[str]:
    found: set[str] = set()
    for at, argument in enumerate(call.args):
        text = argument.value if isinstance(argument, ast.Constant) else None
        if not isinstance(text, str):
            continue
        if _name(call) in WRITERS and at == 1 and VERB.fullmatch(text):
            found.add(text)
        elif (_name(call), at) in BUILT:
            found.add(BUILT[_name(call), at].format(text))
    return found


def _tabled() -> set[str]:
    """Return the verbs that stand in a table of a module: `_VERBS = {word: verb}`."""
    named = [
        node
        for path, tree in TREES.items()
        if not name_of(path).startswith("core/")
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_VERBS"
    ]
    return {verb for node in named for verb in ast.literal_eval(node.value).values()}


def _used() -> set[str]:
    return set().union(*(_verbs(call) for call in _calls())) | _tabled()


def _joined(call: ast.Call) -> str | None:
    """Return the pattern of a verb that an f-string builds."""
    if _name(call) not in WRITERS or len(call.args) < 2:
        return None
    verb = call.args[1]
    if not isinstance(verb, ast.JoinedStr):
        return None
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in verb.values
    )


def _calls() -> list[ast.Call]:
    trees = [tree for path, tree in TREES.items() if not name_of(path).startswith("core/")]
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_every_verb_of_the_source_has_a_sentence() -> None:
    used = _used()
    assert len(used) > 40
    assert used - set(DEEDS) == set()


def test_no_sentence_outlives_its_verb() -> None:
    used = _used()
    assert set(DEEDS) - used == set()


def test_verbs_are_put_together_only_where_this_test_can_follow() -> None:
    built = {pattern for call in _calls() if (pattern := _joined(call))}
    assert built <= JOINED


def test_every_right_has_its_name() -> None:
    assert set(RIGHTS) == set(Right)
