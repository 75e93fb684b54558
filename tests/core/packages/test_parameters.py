"""Towns set dated values; the package only says what kind they are."""

from datetime import date

import pytest

from gemeinwerk.core.kernel.dated import Dated, Entry
from gemeinwerk.core.packages import (
    Column,
    Parameter,
    missing_parameters,
    plain_values,
    setting_faults,
    typed_values,
)

RATE = Parameter(name="rate", kind="money", label="Satz", minimum=0, maximum=1000)
FLAG = Parameter(
    name="flag", kind="boolean", label="Schalter", default=(Entry(date(2020, 1, 1), "false"),)
)
TABLE = Parameter(
    name="zones",
    kind="table",
    label="Zonen",
    columns=(
        Column("street", "text", "Straße", required=True),
        Column("from", "number", "von"),
        Column("side", "text", "Seite", options=("", "gerade")),
    ),
)


def test_value_of_the_town_counts_from_its_day() -> None:
    settings = {
        "rate": Dated((Entry(date(2026, 1, 1), "96.00"), Entry(date(2027, 1, 1), "108.00")))
    }
    before = plain_values([RATE, FLAG], settings, today=date(2025, 12, 31))
    assert before == {"flag": "false"}
    assert plain_values([RATE], settings, today=date(2026, 12, 31)) == {"rate": "96.00"}
    assert plain_values([RATE], settings, today=date(2027, 1, 1)) == {"rate": "108.00"}
    assert missing_parameters([RATE, FLAG], settings, today=date(2025, 12, 31)) == ("rate",)


def test_fixed_parameter_keeps_the_value_of_the_package() -> None:
    fixed = Parameter(
        name="flag",
        kind="boolean",
        label="Schalter",
        changeable=False,
        default=(Entry(date(2020, 1, 1), "false"),),
    )
    settings = {"flag": Dated((Entry(date(2026, 1, 1), "true"),))}
    assert plain_values([fixed], settings, today=date(2026, 6, 1)) == {"flag": "false"}
    assert [one.code for one in setting_faults(fixed, "true")] == ["parameter.fixed"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("96.00", None),
        ("", "parameter.empty"),
        (12, "parameter.empty"),
        ("zwölf", "parameter.no_number"),
        ("NaN", "parameter.no_number"),
        ("1e99", "parameter.no_number"),
        ("1.234", "parameter.no_cents"),
        ("-1", "parameter.too_small"),
        ("1001", "parameter.too_large"),
    ],
)
def test_money(value: object, code: str | None) -> None:
    assert [one.code for one in setting_faults(RATE, value)] == ([code] if code else [])


def test_all_faults_of_a_table_with_their_cells() -> None:
    rows = [{"street": "", "from": "x", "side": "links", "extra": "?"}, "no row", {"street": "Weg"}]
    found = {(one.path, one.code) for one in setting_faults(TABLE, rows)}
    assert found == {
        ("zones[0].street", "parameter.cell_empty"),
        ("zones[0].from", "parameter.cell_no_number"),
        ("zones[0].side", "parameter.cell_no_option"),
        ("zones[0].extra", "parameter.unknown_column"),
        ("zones[1]", "parameter.no_row"),
    }


def test_a_value_that_is_none_counts_as_missing() -> None:
    plain = {"rate": "viel", "flag": "true"}
    assert typed_values([RATE, FLAG], plain) == {"param.flag": True}
