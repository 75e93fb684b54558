"""A broken package is refused with every fault at once, each with file, key and remedy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemeinwerk.core.kernel import Fault, FaultsError
from gemeinwerk.core.packages import load_package
from tests.core.packages.folders import folder

PARKING = "resident-parking"


def faults(files: dict[str, bytes]) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as refused:
        load_package(files)
    return refused.value.faults


def codes(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in faults(files)]


def test_all_faults_of_all_files_come_together() -> None:
    files = folder(
        PARKING,
        manifest=("usual_days = 3", 'usual_days = "drei"\nusual_day = 3'),
        privacy=("purpose =", "porpose ="),
        evidence=("may_follow = false", "may_follow = 0"),
        texts=("title =", "title = [\n"),
    )
    found = codes(files)
    assert ("manifest.toml: usual_day", "package.unknown_key") in found
    # The manifest is needed to go on; once it is right, the other files tell everything.
    files["manifest.toml"] = folder(PARKING)["manifest.toml"]
    found = codes(files)
    assert ("privacy.toml: porpose", "package.unknown_key") in found
    assert ("privacy.toml: purpose", "package.missing_key") in found
    assert ("evidence.toml: evidence[0].may_follow", "package.wrong_value") in found
    assert ("texts.toml", "package.broken") in found


def test_broken_toml_names_the_line() -> None:
    broken = faults(folder(PARKING, fields=('label = "Kennzeichen"', 'label = "Kennzeichen')))
    fault = next(one for one in broken if one.code == "package.broken")
    assert int(fault.params["line"]) > 10


def test_unknown_key_names_the_nearest_known_one() -> None:
    wrong = faults(folder(PARKING, fields=("max_length = 12", "maxlength = 12")))
    fault = next(one for one in wrong if one.code == "package.unknown_key")
    assert fault.path == "fields.toml: F99000311.maxlength"
    assert fault.params["known"] == "max_length"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"rules": ('value = "coalesce(zone', 'value = "coalesce(zoned')},
            ("rules.toml: value[1] zone_name.value", "expression.unknown_name"),
        ),
        (
            {"fee": ('amount = "if ', 'amount = "iff ')},
            ("fee.toml: lines[0].amount", "expression.unexpected"),
        ),
        (
            {"notice": ("{plate}", "{plates}")},
            ("notice.toml: subject", "notice.placeholder_unknown"),
        ),
        (
            {"notice": ('when = "not is_given(zone)"', 'when = "zone + 1"')},
            ("notice.toml: why_no_zone.when", "expression.wrong_type"),
        ),
        (
            {"pages": ('"G99000034"', '"G99000099"')},
            ("pages.toml: page[3].nodes", "package.unknown_element"),
        ),
        (
            {"pages": ('nodes = ["G99000034"]', 'nodes = ["G99000013"]')},
            ("fields.toml: G99000034", "package.never_placed"),
        ),
        (
            {"rules": ('table = "zones"', 'table = "areas"')},
            ("rules.toml: value[0] zone.table", "package.unknown_table"),
        ),
        (
            {"en": ("[fields.F99000331]", "[fields.F99000332]")},
            ("en.toml: F99000332.label", "package.translates_nothing"),
        ),
        (
            {"manifest": ("discretion = false", "discretion = true")},
            ("manifest.toml: automation", "package.automation_with_discretion"),
        ),
        (
            {"manifest": ('legal_basis = "§ 35a VwVfG in', 'legal_basis = ""\n#')},
            ("manifest.toml: automation.legal_basis", "package.automation_without_basis"),
        ),
        (
            {"manifest": ("written_form = false", "written_form = true")},
            ("manifest.toml: written_form_norm", "package.written_form_without_norm"),
        ),
        (
            {"manifest": ('["online", "counter", "post"]', '["online"]')},
            ("manifest.toml: channels", "package.online_only"),
        ),
        (
            {"manifest": ('identity_reason = "', 'identity_reason = ""\n# "')},
            ("manifest.toml: identity_reason", "package.no_identity_reason"),
        ),
        (
            {"parameters": ('value = "true"', 'value = "ja"')},
            ("parameters.toml: main_residence_required.default[0]", "parameter.no_boolean"),
        ),
    ],
)
def test_each_fault_has_its_place(
    change: dict[str, tuple[str, str]], expected: tuple[str, str]
) -> None:
    assert expected in codes(folder(PARKING, **change))


def test_missing_and_unknown_files_are_named() -> None:
    files = folder(PARKING)
    del files["notice.toml"], files["process.bpmn"]
    files["notes.txt"] = b"?"
    found = codes(files)
    assert ("notice.toml", "package.file_missing") in found
    assert ("process.bpmn", "package.file_missing") in found
    assert ("notes.txt", "package.unknown_file") in found


def test_missing_block_is_named() -> None:
    files = folder(PARKING)
    del files["blocks/delivery.toml"]
    assert ("blocks/delivery.toml", "package.file_missing") in codes(files)


def test_group_inside_itself_is_refused() -> None:
    files = folder(PARKING, fields=('nodes = ["F99000331"]', 'nodes = ["G99000034"]'))
    assert "package.inside_itself" in [code for _, code in codes(files)]


def test_test_case_with_a_path_that_is_no_field_is_refused() -> None:
    files = folder(PARKING)
    cases = files["tests/cases.toml"].decode()
    files["tests/cases.toml"] = cases.replace("G99000031.F99000311", "G99000031.F99000999").encode()
    assert {code for _, code in codes(files)} == {"package.unknown_name"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('targetRef="done"', 'targetRef="nowhere"', "package.process_flow_nowhere"),
        ("<bpmn:startEvent", "<bpmn:task", "package.process_unreadable"),
        ('sourceRef="enforce"', 'sourceRef="deliver"', None),
        ('sourceRef="received"', 'sourceRef="done"', "package.process_step_unreached"),
        ("<bpmn:definitions", "<!DOCTYPE x><bpmn:definitions", "package.process_unreadable"),
    ],
)
def test_process_runs_from_start_to_end(old: str, new: str, code: str | None) -> None:
    files = folder(PARKING)
    files["process.bpmn"] = files["process.bpmn"].decode().replace(old, new).encode()
    if code is None:
        assert load_package(files).process
    else:
        assert code in [found for _, found in codes(files)]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_files_are_refused_never_a_crash(data: st.DataObject) -> None:
    files = folder(PARKING)
    name = data.draw(st.sampled_from(sorted(files)))
    content = files[name]
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(len(content), start + 200)))
    filler = data.draw(st.sampled_from([b"", b"\x00", b"\xff", b"[", b"= 1\n", b"[[x]]\n", b'"']))
    files[name] = content[:start] + filler + content[end:]
    try:
        load_package(files)
    except FaultsError as refused:
        assert refused.faults
