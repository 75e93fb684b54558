"""Checks a whole package: do its parts fit together, and is everything there that law asks for?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gemeinwerk.core.decisions import template_faults
from gemeinwerk.core.expressions import ExpressionError, Type, check, parse
from gemeinwerk.core.fees import faults_of
from gemeinwerk.core.forms import compile_form
from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.core.packages.calculating import fields_of, groups_of, path_of, types_of
from gemeinwerk.core.packages.diagrams import process_faults
from gemeinwerk.core.packages.gates import open_points
from gemeinwerk.core.packages.model import Lookup, Package
from gemeinwerk.core.packages.parameters import setting_faults
from gemeinwerk.core.packages.people import participant_faults
from gemeinwerk.core.packages.reading import Reader
from gemeinwerk.core.packages.wording import GIVEN_FACTS

_WANTED = {"text": Type.TEXT, "date": Type.DATE, "boolean": Type.BOOLEAN}


def check_package(reader: Reader, package: Package) -> None:
    """Note every fault that shows only when all files are read."""
    reader.faults += open_points(package)
    _check_parameters(reader, package)
    types = _check_values(reader, package)
    _check_form(reader, package)
    _check_automation(reader, package, types)
    for fault in faults_of(package.fee, types):
        reader.say("fee.toml", fault.path, fault.code, **fault.params)
    _check_names(reader, package, types)
    _check_notice(reader, package, types)
    for fault in participant_faults(package):
        reader.say("participants.toml", fault.path, fault.code, **fault.params)
    _check_tests(reader, package)
    for code, params in process_faults(package.process):
        reader.say("process.bpmn", "", code, **params)


def _check_parameters(reader: Reader, package: Package) -> None:
    for one in package.parameters:
        if (one.kind == "table") != bool(one.columns):
            reader.say("parameters.toml", one.name, "package.table_without_columns")
        for index, entry in enumerate(one.default):
            for fault in setting_faults(one, entry.value, fixed_too=True):
                place = f"{one.name}.default[{index}]"
                reader.say("parameters.toml", place, fault.code, **fault.params)


def _check_form(reader: Reader, package: Package) -> None:
    try:
        compile_form(package.form)
    except FaultsError as wrong:
        for fault in wrong.faults:
            reader.say("fields.toml", fault.path, fault.code, **fault.params)


def _check_values(reader: Reader, package: Package) -> dict[str, Type]:
    """Check the values in their order: each sees only those before it."""
    types = types_of(package.form, package.parameters, ())
    for index, one in enumerate(package.values):
        place = f"value[{index}] {one.name}"
        if one.name in types:
            reader.say("rules.toml", place, "package.name_doubled", name=one.name)
        if bool(one.value) == (one.lookup is not None):
            reader.say("rules.toml", place, "package.value_or_lookup")
        elif one.lookup is not None:
            _check_lookup(reader, place, one.lookup, package, types)
        else:
            wanted = _WANTED.get(one.kind, Type.NUMBER)
            _check_expression(reader, "rules.toml", f"{place}.value", one.value, types, wanted)
        types[one.name] = _WANTED.get(one.kind, Type.NUMBER)
    return types


def _check_lookup(
    reader: Reader, place: str, lookup: Lookup, package: Package, types: Mapping[str, Type]
) -> None:
    tables = {one.name: one for one in package.parameters if one.kind == "table"}
    table = tables.get(lookup.table)
    if table is None:
        reader.say("rules.toml", f"{place}.table", "package.unknown_table", name=lookup.table)
        return
    columns = {column.name for column in table.columns}
    asked = {lookup.give, *lookup.match}
    if lookup.street is not None:
        asked |= {"street"}
    for column in sorted(asked - columns):
        reader.say("rules.toml", place, "package.unknown_column", name=column)
    names = [*lookup.match.values()]
    if lookup.street is not None:
        names += [name for name in (lookup.street.street, lookup.street.house_number) if name]
    _check_known(reader, "rules.toml", place, names, types)
    if lookup.otherwise:
        _check_expression(
            reader, "rules.toml", f"{place}.otherwise", lookup.otherwise, types, Type.TEXT
        )


def _check_automation(reader: Reader, package: Package, types: Mapping[str, Type]) -> None:
    automation = package.automation
    if automation is None:
        return
    for index, one in enumerate(automation.conditions):
        place = f"automation.conditions[{index}].holds"
        _check_expression(reader, "manifest.toml", place, one.holds, types, Type.BOOLEAN)
    place = "automation.free_text"
    _check_known(reader, "manifest.toml", place, automation.free_text, types)


def _check_names(reader: Reader, package: Package, types: Mapping[str, Type]) -> None:
    paths = fields_of(package.form)
    for role, path in package.roles.items():
        if path not in paths:
            reader.say("manifest.toml", f"roles.{role}", "package.unknown_name", name=path)
    for fact, name in package.facts.items():
        _check_known(reader, "notice.toml", f"facts.{fact}", [name], types)


def _check_notice(reader: Reader, package: Package, types: Mapping[str, Type]) -> None:
    for fault in template_faults(package.notice, {*package.facts, *package.roles, *GIVEN_FACTS}):
        reader.say("notice.toml", fault.path, fault.code, **fault.params)
    for block in package.notice.blocks:
        if block.when:
            _check_expression(
                reader, "notice.toml", f"{block.id}.when", block.when, types, Type.BOOLEAN
            )


def _check_tests(reader: Reader, package: Package) -> None:
    paths, groups = fields_of(package.form), groups_of(package.form)
    parameters = {one.name for one in package.parameters}
    for test in package.tests:
        for key in test.answers:
            if path_of(key) not in paths and path_of(key.removesuffix("[]")) not in groups:
                reader.say(test.file, test.name, "package.unknown_name", name=key)
        for name in sorted(set(test.parameters) - parameters):
            reader.say(test.file, test.name, "package.unknown_name", name=f"param.{name}")


def _check_known(
    reader: Reader, file: str, place: str, names: Iterable[str], types: Mapping[str, Type]
) -> None:
    for name in names:
        if name not in types:
            reader.say(file, place, "package.unknown_name", name=name)


def _check_expression(
    reader: Reader, file: str, place: str, text: str, types: Mapping[str, Type], wanted: Type
) -> None:
    try:
        check(parse(text), types, wanted)
    except ExpressionError as wrong:
        reader.say(file, place, wrong.code, **wrong.params)
