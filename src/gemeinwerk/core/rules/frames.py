"""What a main clause says: elements, modal verb, denial and predicates, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gemeinwerk.core.expressions import Expr
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.model import Action, NotUnderstoodError
from gemeinwerk.core.rules.quantities import Quantity
from gemeinwerk.core.rules.reader import Refs
from gemeinwerk.core.rules.scope import Place


@dataclass(frozen=True, slots=True)
class Deed:
    """What a clause does; `holds` for a check, `value` for a prefill, `land` where it applies."""

    action: Action
    places: tuple[Place, ...]
    holds: Expr | None = None
    value: Expr | None = None
    land: Expr = build.TRUE
    only: bool = False


@dataclass(slots=True)
class Frame:
    """What was read of a clause so far."""

    modal: str = ""
    verb: str = ""
    denied: bool = False
    denied_whole: bool = False
    """The denial stands before the elements: "es dürfen nicht alle der Felder ..."."""
    needs: bool = False
    """The verb is "müssen", whose denial asks for nothing: "muss nicht vor F1 liegen"."""
    denied_all: bool = False
    """The subject itself denies: "keines der Felder", "weder A noch B"."""
    only: bool = False
    refs: Refs | None = None
    quantity: Quantity | None = None
    kinds: list[str] = field(default_factory=list)
    value: Callable[[Place], Expr] | None = None
    """What the elements hold; each reads the value of the prose with its own list."""
    land: Expr = build.TRUE
    later: bool = False
    """The elements stand behind the verb: "folgende Felder sind auszufüllen: ..."."""


def actions_of(frame: Frame) -> list[Action]:
    """Return what modal verb, denial and predicates say together."""
    found: list[Action] = []
    if frame.needs and frame.denied and not set(frame.kinds) <= {"fill", "required"}:
        raise NotUnderstoodError  # "muss nicht angezeigt werden": must not, or need not?
    if frame.verb:
        found += _of_verb(frame)
    else:
        for kind in frame.kinds:
            if kind == "fill" and "prefill" in frame.kinds:
                continue  # "als Vorbefüllung gewählt sein"
            found.append(_of_predicate(frame.modal or "be", kind, denied=frame.denied))
    if "prefill" in found and frame.value is None:
        raise NotUnderstoodError
    return list(dict.fromkeys(found))


def _of_verb(frame: Frame) -> list[Action]:
    if frame.verb == "fade":
        raise NotUnderstoodError
    if frame.verb == "prefill":
        return ["prefill"]
    base: list[Action] = []
    if frame.verb in ("show", "hide"):
        shown = (frame.verb == "show") is not frame.denied
        base.append("show" if shown else "hide")
    for kind in frame.kinds:
        if kind in ("required", "optional") and not (frame.denied and frame.verb == "show"):
            base.append("required" if kind == "required" else "optional")
        elif kind not in ("required", "optional"):
            base.append(_of_predicate("be", kind, denied=frame.denied))
    if not base:
        raise NotUnderstoodError
    return base


_MEANINGS: dict[tuple[str, str, bool], Action] = {
    ("must", "fill", False): "required", ("must", "fill", True): "optional",
    ("may", "fill", True): "forbidden", ("may", "fill", False): "optional",
    ("can", "fill", False): "optional", ("can", "fill", True): "forbidden",
    ("need", "fill", True): "optional", ("be", "fill", False): "required",
    ("be", "fill", True): "forbidden",
    ("must", "show", False): "show", ("may", "show", True): "hide", ("be", "show", False): "show",
    ("be", "show", True): "hide", ("can", "show", True): "hide", ("may", "show", False): "show",
    ("must", "show", True): "hide",
    ("must", "hide", False): "hide", ("be", "hide", False): "hide", ("be", "hide", True): "show",
    ("may", "hide", True): "show", ("can", "hide", False): "hide", ("must", "hide", True): "show",
    ("must", "required", False): "required", ("be", "required", False): "required",
    ("be", "required", True): "optional", ("must", "optional", False): "optional",
    ("be", "optional", False): "optional", ("may", "empty", True): "required",
    ("must", "empty", False): "forbidden", ("be", "empty", False): "forbidden",
    ("may", "empty", False): "optional", ("can", "empty", False): "optional",
    ("be", "allowed", False): "optional", ("be", "allowed", True): "forbidden",
    ("must", "prefill", False): "prefill", ("be", "prefill", False): "prefill",
}  # fmt: skip


def _of_predicate(modal: str, kind: str, *, denied: bool) -> Action:
    meaning = _MEANINGS.get((modal, kind, denied))
    if meaning is None:
        raise NotUnderstoodError
    return meaning
