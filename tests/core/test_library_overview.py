"""The example on the first page about the library runs."""

import doctest

from tests.core.schemas.schema_samples import field, occurs, schema
from tests.paths import REPOSITORY

RULE = (
    "<regel><identifikation><id>R99000101</id><version>1.0.0</version></identifikation>"
    "<name>Marke</name><freitextRegel>Wenn F99000101 = JA, dann muss F99000102 befüllt werden."
    "</freitextRegel></regel>"
)


def test_the_examples_of_the_page_run() -> None:
    made = schema(
        occurs(field("F99000101", datatype="bool", label="Hat der Hund eine Marke?")),
        occurs(field("F99000102", label="Nummer der Marke"), "0:1"),
        more=RULE,
    )
    for number, name in (("F99000101", "Marke"), ("F99000102", "Nummer")):
        start, found, rest = made.partition(f"<id>{number}</id>".encode())
        made = start + found + rest.replace(b"<name>Muster<", f"<name>{name}<".encode(), 1)
    page = REPOSITORY / "docs" / "library" / "README.md"
    result = doctest.testfile(
        str(page), module_relative=False, encoding="utf-8", globs={"SCHEMA": made}
    )
    assert result.attempted > 10
    assert result.failed == 0
