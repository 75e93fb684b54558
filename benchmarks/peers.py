"""Other checkers on the same submissions, in the same run: what each can is said in its row.

They are needed for this comparison only: `install` fetches them by lock files next to this one,
apart from the environment of the product. What cannot be fetched or run gives no figure.
"""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.thirty import FORM, TODAY, Submission
from gemeinwerk.core.forms import Field, Group

HERE = Path(__file__).parent
PACKAGES = HERE.parent / ".venv" / "peers"
NODE = HERE / "node"
SECONDS, SLICES = 0.5, 4

Refuses = Callable[[Submission], bool]


def install() -> None:
    """Fetch the peers; a failure is told and leaves rows that say "not run"."""
    lock, uv = HERE / "requirements-bench.lock", Path(sys.executable).parent / "uv"
    if not PACKAGES.exists() and uv.exists():
        command = [str(uv), "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
        _try([*command, "--target", str(PACKAGES), "--python", sys.executable])
    if not (NODE / "node_modules").exists() and shutil.which("npm"):
        command = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        _try([*command, "--prefix", str(NODE)])


def _try(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        print(f"peers: {command[0]} failed: {done.stderr.strip()[-300:]}", file=sys.stderr)


def rates(submissions: Sequence[Submission]) -> dict[str, tuple[float, int] | str]:
    """Return submissions per second and how many were refused, or why a peer was not run."""
    found: dict[str, tuple[float, int] | str] = {}
    sys.path.append(str(PACKAGES))  # at the end: what the product has stays first
    for name, peer in _PYTHON.items():
        try:
            found[name] = measured(peer(), submissions)
        except ImportError as absent:
            found[name] = f"not installed: {absent.name}"
    return found | _node(submissions)


def measured(refuses: Refuses, submissions: Sequence[Submission]) -> tuple[float, int]:
    """Return submissions per CPU second in the least disturbed slice, and how many are refused."""
    refused = sum(map(refuses, submissions))
    rates = []
    for _ in range(SLICES):
        rounds, began = 0, time.process_time()
        while (spent := time.process_time() - began) < SECONDS:
            for submission in submissions:
                refuses(submission)
            rounds += 1
        rates.append(rounds * len(submissions) / spent)
    return max(rates), refused


# --- the form in the terms of JSON Schema and Form.io --------------------------------------------


def _fields() -> list[tuple[str, Field]]:
    return [
        (f"{group.id}.{field.id}", field)
        for group in FORM.pages[0].nodes
        if isinstance(group, Group)
        for field in group.nodes
        if isinstance(field, Field)
    ]


_DAY = r"^\d{4}-\d{2}-\d{2}$"
_MONEY, _WHOLE = r"^-?\d{1,12}(\.\d{1,2})?$", r"^-?\d{1,12}$"
_PATTERNS = {
    "postal_code": r"^\d{5}$",
    "phone": r"^\+?[0-9][0-9 ()/.-]{3,28}$",
    "iban": r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$",
}


def json_schema() -> dict[str, Any]:
    """Formats, lengths and values that are asked for always; no condition, no calculation."""
    properties, required = {}, []
    for path, field in _fields():
        if field.value:
            continue
        properties[path] = _property(field)
        if field.minimum and not field.visible_when:
            required.append(path)
    return {"type": "object", "properties": properties, "required": required}


def _property(field: Field) -> dict[str, object]:
    if field.kind == "choice":
        return {"enum": [option.code for option in field.options]}
    if field.kind == "boolean":
        return {"enum": ["true", "false"]}
    found: dict[str, object] = {"type": "string"}
    if field.kind == "date":
        return found | {"format": "date", "pattern": _DAY}
    if field.kind in ("money", "integer"):
        return found | {"pattern": _MONEY if field.kind == "money" else _WHOLE}
    if field.kind == "email":
        return found | {"format": "email", "pattern": r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$"}
    if field.format:
        found["pattern"] = _PATTERNS[field.format]
    return found | {"maxLength": field.max_length or 20_000}


def components() -> list[dict[str, object]]:
    """The form as Form.io components, conditions and calculations as it writes them."""
    return [_component(path, field) for path, field in _fields()]


def _component(path: str, field: Field) -> dict[str, object]:
    key = path.replace(".", "_")
    kind = {"choice": "select", "long_text": "textarea"}.get(field.kind, "textfield")
    validate: dict[str, object] = {"required": bool(field.minimum) and not field.value}
    rule = _property(field)
    if "pattern" in rule:
        validate["pattern"] = str(rule["pattern"]).strip("^$")
    if "maxLength" in rule:
        validate["maxLength"] = rule["maxLength"]
    found: dict[str, object] = {"key": key, "type": kind, "input": True, "validate": validate}
    if field.kind == "choice":
        found["data"] = {"values": [{"label": o.label, "value": o.code} for o in field.options]}
        validate["onlyAvailableItems"] = True
    if field.id in _FORMIO_SHOWN:
        found["customConditional"] = f"show = {_FORMIO_SHOWN[field.id]};"
    if field.id in _FORMIO_NEEDED:
        validate["custom"] = f"valid = !({_FORMIO_NEEDED[field.id]}) || input ? true : 'required';"
    if field.id in _FORMIO_VALUES:
        found["calculateValue"] = f"value = {_FORMIO_VALUES[field.id]};"
    return found


_FORMIO_SHOWN = {
    "F06": "['VH', 'LP'].includes(data.G99000801_F04)",
    "F20": "data.G99000803_F19 === 'true'",
    "F21": "data.G99000803_F19 === 'true' && Number(data.G99000803_F17) > 0",
    "F23": "!!data.G99000803_F22",
    "F30": "data.G99000804_F29 === 'debit'",
}
_FORMIO_NEEDED = {
    "F05": "data.G99000801_F04 === 'VH'",
    "F13": "data.G99000804_F28 === 'phone'",
    "F31": "Number(data.G99000804_F24) > 400",
}
_FORMIO_VALUES = {
    "F25": "(data.G99000804_F24 * data.G99000803_F17).toFixed(2)",
    "F26": "(data.G99000804_F25 * data.G99000803_F18 / 12).toFixed(2)",
    "F27": "(data.G99000804_F26 * (data.G99000803_F19 === 'true' ? 2 : 1)).toFixed(2)",
}


# --- Python peers -----------------------------------------------------------------------------


def _jsonschema() -> Refuses:
    library = importlib.import_module("jsonschema")
    validator = library.Draft202012Validator(json_schema())
    return lambda submission: bool(list(validator.iter_errors(submission)))


def _fastjsonschema() -> Refuses:
    library = importlib.import_module("fastjsonschema")
    validate = library.compile(json_schema())

    def refuses(submission: Submission) -> bool:
        try:
            validate(submission)
        except library.JsonSchemaException:
            return True
        return False

    return refuses


def _pydantic() -> Refuses:
    from benchmarks.pydantic_peer import checker

    return checker(_fields(), TODAY)


_PYTHON: dict[str, Callable[[], Refuses]] = {
    "jsonschema, all errors, schema only": _jsonschema,
    "fastjsonschema, first error, schema only": _fastjsonschema,
    "pydantic 2 and rules by hand": _pydantic,
}
FORMIO = "@formio/core"
"""As its server runs it: the targets `submission` and `evaluator`."""
_NODE_NAMES = {
    "ajv": "ajv, all errors, schema only",
    "server": FORMIO,
    "evaluator": f"{FORMIO}, its evaluator alone",
}


def _node(submissions: Sequence[Submission]) -> dict[str, tuple[float, int] | str]:
    node = shutil.which("node")
    if node is None or not (NODE / "node_modules").exists():
        return dict.fromkeys(_NODE_NAMES.values(), "not installed: node or its packages")
    flat = [{name.replace(".", "_"): v for name, v in one.items()} for one in submissions]
    schema: dict[str, Any] = json_schema()
    schema["properties"] = {k.replace(".", "_"): v for k, v in schema["properties"].items()}
    schema["required"] = [name.replace(".", "_") for name in schema["required"]]
    work: dict[str, Any] = {
        "seconds": SECONDS,
        "slices": SLICES,
        "schema": schema,
        "components": components(),
        "submissions": flat,
    }
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "workload.json"
        place.write_text(json.dumps(work), "utf-8")
        command = [node, str(NODE / "run.cjs"), str(place)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        return dict.fromkeys(_NODE_NAMES.values(), f"failed: {done.stderr[-200:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return {
        _NODE_NAMES[name]: said.get("failed") or (said["rate"], said["refused"])
        for name, said in found.items()
    }
