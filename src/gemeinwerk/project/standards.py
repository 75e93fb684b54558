"""Finds the official XSDs and validates with them; they are not ours to ship.

Looked for in the folder named on the command line, then in GEMEINWERK_STANDARDS, then in
`shared/standards` beside the repository.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, cast

from lxml import etree

_MOST_TOLD = 20
_BESIDE = Path(__file__).resolve().parents[3].parent / "shared" / "standards"
_XML = "http://www.w3.org/XML/1998/namespace"
_XML_XSD = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{_XML}">
<xs:attribute name="lang" type="xs:language"/>
<xs:attribute name="base" type="xs:anyURI"/>
<xs:attribute name="space" type="xs:NCName"/>
<xs:attribute name="id" type="xs:ID"/>
</xs:schema>"""
_GENERICODE = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"


def folder(named: Path | None = None) -> Path | None:
    """Return the folder with the standards, None when there is none."""
    if named is not None:
        return named if named.is_dir() else None
    setting = os.environ.get("GEMEINWERK_STANDARDS", "")
    found = Path(setting) if setting else _BESIDE
    return found if found.is_dir() else None


class _Own(etree.Resolver):
    """Gives genericode.xsd the attributes of XML itself, which it imports from the W3C."""

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]  # the stubs know only one kind of answer
        if system_url.endswith("xml.xsd"):
            return self.resolve_string(_XML_XSD, context, base_url=None)
        return None


@cache
def _schema(path: Path) -> etree.XMLSchema:
    """Return an XSD ready for use, together with genericode, which it lets in but never names."""
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(_Own())
    lists = path.parent.parent / "2.0" / "genericode.xsd"
    space = etree.parse(str(path), parser).getroot().get("targetNamespace")
    imports = {space: path} | ({_GENERICODE: lists} if lists.is_file() else {})
    lines = "".join(
        f'<xs:import namespace="{each}" schemaLocation="{file.as_uri()}"/>'
        for each, file in imports.items()
    )
    whole = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{lines}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(whole.encode(), parser))


def faults(data: bytes, path: Path) -> tuple[str, ...]:
    """Return what an XSD finds wrong with a file, each with its line; at most twenty."""
    schema = _schema(path)
    parser = etree.XMLParser(
        no_network=True, load_dtd=False, resolve_entities=False, huge_tree=True
    )
    if schema.validate(etree.fromstring(data, parser)):
        return ()
    log = list(cast(Any, schema.error_log))[:_MOST_TOLD]
    return tuple(f"line {entry.line}: {entry.message}" for entry in log)
