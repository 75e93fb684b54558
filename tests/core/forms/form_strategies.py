"""Random forms and answers, for tests that compare two ways of working them out."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from gemeinwerk.core.forms import Check, Field, Form, Group, Option, Page, Variable

TODAY = date(2026, 11, 22)
_OPTIONS = (Option(code="a", label="A"), Option(code="b", label="B"))
_VALUES = (
    "", "a", "b", "true", "false", "0", "3", "12", "12.50", "007", "1e3", "99999999999999999999",
    "2026-11-22", "2020-02-29", "20200229", "2030-01-01", "2021-02-29", "Müller", "O'Brien 7",
    "Ж", "z\u0308", "x" * 30, "zwei\nZeilen", "anna@example.org", "Anna@Example.ORG",
    "1950", "1950-03", "1950-13", "2026", "2026-12", "51.866700,12.643300", "51,8 12,6",
    "DE89370400440532013000", "DE00370400440532013000", "GB29NWBK60161331926819", "10115",
    "00115", "B-AB 1234", "+49 30 12345", "25:00", "09:30", "\ud800", "٣",
)  # fmt: skip
_KINDS = ("text", "text", "long_text", "integer", "decimal", "money", "date", "boolean", "choice",
          "email", "note", "partial_date")  # fmt: skip
_FORMATS = (
    "",
    "",
    "",
    "iban",
    "bic",
    "plate",
    "postal_code",
    "phone",
    "tax_id",
    "time",
    "point",
    "area",
)


class Maker:
    """Makes one form and answers to it; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.kinds: dict[str, str] = {}
        """Kinds of the fields made so far that conditions may read."""
        self.names: list[str] = []

    def form(self) -> Form:
        pages = tuple(self._page(number) for number in range(self.chance.randint(1, 3)))
        checks = tuple(
            Check(key=f"C{n}", path=self.chance.choice(list(self.kinds)), holds=self._condition(),
                  message="Das passt nicht.")
            for n in range(self.chance.randint(0, 2) if self.kinds else 0)
        )  # fmt: skip
        variables = (
            Variable(name="param.limit", kind="integer"),
            Variable(name="half", kind="decimal", value=self._number()),
        )
        return Form(key="random", version="1", title="Zufall", pages=pages, checks=checks,
                    variables=variables)  # fmt: skip

    def answers(self) -> dict[str, str]:
        found = {}
        for name in self.names:
            if self.chance.random() < 0.75:
                found[name] = self.chance.choice(_VALUES)
        return found

    def _page(self, number: int) -> Page:
        shown = self._maybe(0.3)
        nodes = tuple(self._node(f"{number}{n}", "", 0) for n in range(self.chance.randint(1, 4)))
        return Page(id=f"p{number}", title="Seite", nodes=nodes, visible_when=shown)

    def _node(self, key: str, above: str, level: int) -> Group | Field:
        if level < 2 and self.chance.random() < 0.35:
            return self._group(key, above, level)
        return self._field(key, above)

    def _group(self, key: str, above: str, level: int) -> Group:
        chance = self.chance
        maximum = chance.choice((1, 1, 1, 3))
        path = f"{above}G{key}"
        if maximum > 1:
            self.names.append(path + "[]")
        shown = self._maybe(0.3)
        before = dict(self.kinds)
        inner = f"{path}[{chance.randint(0, 2)}]." if maximum > 1 else f"{path}."
        nodes = tuple(
            self._node(f"{key}{n}", inner, level + 1) for n in range(chance.randint(1, 4))
        )
        if maximum > 1 or "[" in above:
            self.kinds = before
        return Group(
            id=f"G{key}",
            label="Gruppe",
            nodes=nodes,
            minimum=chance.randint(0, 1),
            maximum=maximum,
            visible_when=shown,
            choice=chance.random() < 0.25,
        )

    def _field(self, key: str, above: str) -> Field:
        chance = self.chance
        kind = chance.choice(_KINDS)
        field = Field(
            id=f"F{key}",
            label=f"Frage {key}",
            kind=kind,  # type: ignore[arg-type]
            minimum=chance.randint(0, 1),
            maximum=2 if chance.random() < 0.1 else 1,
            options=_OPTIONS if kind == "choice" else (),
            visible_when=self._maybe(0.3),
            required_when=self._maybe(0.3),
            may_lack="Es eilt." if chance.random() < 0.1 else "",
            text_type=chance.choice("ABC"),
            **self._limits(kind),
            **self._fixed(kind),
        )
        path = f"{above}F{key}"
        if field.maximum == 2:
            field = _changed(field, value="")
            self.names += [f"{path}[]", f"{path}[0]", f"{path}[1]"]
        else:
            self.names.append(path)
        if kind != "note" and "[" not in above and field.maximum == 1:
            self.kinds[path] = kind
        return field

    def _limits(self, kind: str) -> dict[str, object]:
        chance = self.chance
        if kind in ("integer", "decimal", "money"):
            return {
                "min_value": Decimal(chance.randint(-5, 5)) if chance.random() < 0.5 else None,
                "max_value": Decimal("12.4") if chance.random() < 0.5 else None,
            }
        if kind in ("date", "partial_date"):
            return {
                "not_before": chance.choice(("", "today", self._of("date", "today"))),
                "not_after": chance.choice(("", "today", "add_days(today, 5)", "null")),
            }
        if kind == "text":
            return {
                "max_length": chance.choice((None, 10, 25)),
                "min_length": chance.choice((None, None, 3)),
                "format": chance.choice(_FORMATS),
                "pattern": chance.choice(("", "", "", "[0-9]{5}")),
            }
        return {"must_be_true": chance.random() < 0.3} if kind == "boolean" else {}

    def _fixed(self, kind: str) -> dict[str, object]:
        chance = self.chance
        drawn = chance.random()
        if drawn < 0.15 and kind in ("integer", "decimal", "money"):
            return {"value": self._number()}
        defaults = {"integer": "3", "money": "3.00", "boolean": "true", "choice": "b",
                    "date": "2026-11-22"}  # fmt: skip
        if drawn < 0.4 and kind in defaults and kind not in ("integer", "money"):
            return {"default": defaults[kind], "locked": chance.random() < 0.3}
        return {}

    def _maybe(self, share: float) -> str:
        return self._condition() if self.chance.random() < share else ""

    def _condition(self) -> str:
        chance = self.chance
        text, truth = self._of("choice", '"b"'), self._of("boolean", "true")
        day, number = self._of("date", "today"), self._number()
        return chance.choice(
            (
                f'{text} = "a"', f'{text} in ["a", "x"]', f'{text} not in ["a"]', f"{truth}",
                f'{text} != "b"', f"not {truth}", f"{day} <= today", f"{number} > 3",
                f'{truth} and {text} = "a"', f'{truth} or {text} = "b"', f"is_given({text})",
                f"{text} = null", f"if {truth} then {number} > 2 else {text} != null",
                f"years_between({day}, today) >= 3 and not ({truth} or {number} < 2)",
                f'not ({truth} and {text} = "a" and {number} > 1)', f"{day} != null or {truth}",
                f'{text} = {self._of("choice", text)}',
            )
        )  # fmt: skip

    def _number(self) -> str:
        number, other = self._of("money", "param.limit"), self._of("integer", "2")
        text = self.chance.choice(
            (
                number, f"{number} * 2", f"{number} + {other} - 1", f"{number} / {other}",
                f"round({number} * 1.19, 2)", f"max({number}, {other})", f"-{number}",
                f"if {number} > 2 then {other} else {number} * {number}",
                f"coalesce({number}, {other}, 0)", f"count({number}) + count({other})",
            )
        )  # fmt: skip
        return f"({text})"

    def _of(self, kind: str, otherwise: str) -> str:
        known = [path for path, one in self.kinds.items() if one == kind and "[" not in path]
        return self.chance.choice(known) if known else otherwise


def _changed(field: Field, **settings: object) -> Field:
    import msgspec

    return msgspec.structs.replace(field, **settings)
