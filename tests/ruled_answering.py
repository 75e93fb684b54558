"""Makes valid answers for forms with rules: tries until no check of any rule is left."""

from __future__ import annotations

import random
from itertools import zip_longest

from gemeinwerk.core.expressions import dependencies, parse
from gemeinwerk.core.forms import CompiledForm, Field
from gemeinwerk.core.forms.exports.outline import Outline, outline
from tests.core.forms.answering import TODAY, _Maker, plain_path, value_for

MOST_ROUNDS = 400


def answers_under_rules(compiled: CompiledForm, seed: int) -> dict[str, str]:
    """Return answers that the form accepts, each repeated part at most once."""
    for attempt in range(4):
        maker = _RuledMaker(compiled, random.Random(seed * 100 + attempt))
        for root in outline(compiled.form).roots:
            maker.take(root, "", asked=True)
        for _ in range(MOST_ROUNDS):
            faults = compiled.faults(maker.answers, today=TODAY)
            if not faults:
                return compiled.effective(maker.answers, today=TODAY)
            maker.mend({fault.path: fault.code for fault in faults})
    return compiled.effective(maker.answers, today=TODAY)


class _RuledMaker(_Maker):
    def __init__(self, compiled: CompiledForm, chance: random.Random) -> None:
        super().__init__(compiled, chance)
        self.reads: dict[str, set[str]] = {}
        for check in compiled.form.checks:
            found = dependencies(parse(check.holds))
            self.reads.setdefault(check.path, set()).update(found, {check.path})

    def take(self, one: Outline, start: str, *, asked: bool) -> None:
        if not one.repeated:
            super().take(one, start, asked=asked)
            return
        name = f"{start}{one.id}"
        if not one.editable or (not asked and self.chance.random() < 0.5):
            return
        least = max(one.node.minimum, 1)
        self.answers[f"{name}[]"] = str(least)
        for at in range(least):
            self._one(one, f"{name}[{at}]")

    def mend(self, faults: dict[str, str]) -> None:
        checks = {path for path, code in faults.items() if code == "answer.check_failed"}
        super().mend({path: code for path, code in faults.items() if path not in checks})
        for path in checks:
            read = sorted(self.reads.get(plain_path(path), ()))
            known = [each for each in read if each in self.known]
            if known:
                self._turn(self.chance.choice(known), path)

    def _turn(self, path: str, told_at: str) -> None:
        """Answer otherwise, begin or empty something that a check reads."""
        one, name = self.known[path], _name(path, told_at)
        held = [key for key in self.answers if key == name or key.startswith(f"{name}.")]
        if held and self.chance.random() < 0.4:
            for key in held:
                del self.answers[key]
        elif isinstance(one.node, Field):
            if one.editable:
                shift = self.chance.randint(0, 3)
                self.answers[name] = value_for(one.node, self.chance, shift=shift)
        else:
            self._one(one, name)


def _name(path: str, told_at: str) -> str:
    """Return the name of a path in the instance a fault was told at."""
    parts: list[str] = []
    same = True
    for part, told in zip_longest(path.split("."), told_at.split(".")):
        if part is None:
            break
        same = same and told is not None and told.partition("[")[0] == part
        parts.append(told if same and told is not None else part)
    return ".".join(parts)
