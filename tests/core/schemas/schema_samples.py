"""Small invented schemas and code lists for the tests (FIM number range 99)."""

from __future__ import annotations

XDF2 = "urn:xoev-de:fim:standard:xdatenfelder_2"
XDF3 = "urn:xoev-de:fim:standard:xdatenfelder_3.0.0"
GENERICODE = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"


def general(number: str, version: str, *, standard: str, label: str = "Muster") -> str:
    """Return what every element says first."""
    status = "status" if standard == XDF2 else "freigabestatus"
    code = "aktiv" if standard == XDF2 else "6"
    return (
        f"<identifikation><id>{number}</id><version>{version}</version></identifikation>"
        f"<name>Muster</name><{status}><code xmlns=''>{code}</code></{status}>"
        f"<bezeichnungEingabe>{label}</bezeichnungEingabe>"
    )


def field(
    number: str = "F99000001",
    *,
    standard: str = XDF3,
    art: str = "input",
    datatype: str = "text",
    label: str = "Muster",
    more: str = "",
) -> str:
    """Return a field; `more` is XML that follows the datatype."""
    return (
        f"<datenfeld>{general(number, '1.0.0', standard=standard, label=label)}"
        f"<feldart><code xmlns=''>{art}</code></feldart>"
        f"<datentyp><code xmlns=''>{datatype}</code></datentyp>{more}</datenfeld>"
    )


def group(*inner: str, number: str = "G99000001", standard: str = XDF3, more: str = "") -> str:
    """Return a group; `more` is XML before its children."""
    start = general(number, "1.0.0", standard=standard)
    return f"<datenfeldgruppe>{start}{more}{''.join(inner)}</datenfeldgruppe>"


def occurs(inner: str, count: str = "1:1", more: str = "") -> str:
    """Return a place in the structure."""
    return f"<struktur><anzahl>{count}</anzahl>{more}<enthaelt>{inner}</enthaelt></struktur>"


def schema(*inner: str, standard: str = XDF3, more: str = "") -> bytes:
    """Return a whole file."""
    start = general("S99000001", "1.0.0", standard=standard)
    if standard == XDF3:
        start = start.replace("bezeichnungEingabe", "bezeichnung")
    return (
        f'<xdatenfelder.stammdatenschema.0102 xmlns="{standard}"><header/>'
        f"<stammdatenschema>{start}{more}{''.join(inner)}</stammdatenschema>"
        "</xdatenfelder.stammdatenschema.0102>"
    ).encode()


def code_list(columns: str, *rows: str) -> bytes:
    """Return a genericode file with these parts of ColumnSet and these rows."""
    return (
        f'<CodeList xmlns="{GENERICODE}"><Identification><ShortName>Farben</ShortName>'
        "<Version>1</Version><CanonicalUri>urn:muster:farben</CanonicalUri>"
        "<CanonicalVersionUri>urn:muster:farben_1</CanonicalVersionUri></Identification>"
        f"<ColumnSet>{columns}</ColumnSet>"
        f"<SimpleCodeList>{''.join(rows)}</SimpleCodeList></CodeList>"
    ).encode()


def column(name: str, shown: str = "") -> str:
    """Return one column of a code list."""
    return f'<Column Id="{name}" Use="required"><ShortName>{shown or name}</ShortName></Column>'


def row(**values: str) -> str:
    """Return one row of a code list."""
    inner = "".join(
        f'<Value ColumnRef="{name}"><SimpleValue>{value}</SimpleValue></Value>'
        for name, value in values.items()
    )
    return f"<Row>{inner}</Row>"
