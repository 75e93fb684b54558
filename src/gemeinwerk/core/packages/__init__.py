"""Service packages (Leistungspakete): one service as data, loaded, checked, replayed, computed."""

from gemeinwerk.core.packages.additions import FEE, FEE_NORM, Additions, additions_of, complete
from gemeinwerk.core.packages.calculating import Values, calculate, fields_of
from gemeinwerk.core.packages.charging import fee_for, fee_of_values
from gemeinwerk.core.packages.documents import content_hash, document, package_from_document
from gemeinwerk.core.packages.gates import blocking_points, open_points
from gemeinwerk.core.packages.keeping import delete_on
from gemeinwerk.core.packages.loading import load_package
from gemeinwerk.core.packages.model import (
    Automation,
    Calculation,
    Column,
    Condition,
    Delivery,
    Expectation,
    LegalBasis,
    Lookup,
    Package,
    Parameter,
    Privacy,
    Retention,
    StreetMatch,
    TestCase,
    Texts,
)
from gemeinwerk.core.packages.parameters import (
    Plain,
    default_parameters,
    form_values,
    missing_parameters,
    plain_values,
    setting_faults,
    typed_values,
)
from gemeinwerk.core.packages.replaying import (
    Difference,
    Replay,
    notice_text,
    replay,
    replay_case,
)
from gemeinwerk.core.packages.routing import Routing, route_of
from gemeinwerk.core.packages.schema_packages import package_from_schema
from gemeinwerk.core.packages.translating import translate, translation_gaps
from gemeinwerk.core.packages.wording import filled_texts, notice_texts

__all__ = [
    "FEE",
    "FEE_NORM",
    "Additions",
    "Automation",
    "Calculation",
    "Column",
    "Condition",
    "Delivery",
    "Difference",
    "Expectation",
    "LegalBasis",
    "Lookup",
    "Package",
    "Parameter",
    "Plain",
    "Privacy",
    "Replay",
    "Retention",
    "Routing",
    "StreetMatch",
    "TestCase",
    "Texts",
    "Values",
    "additions_of",
    "blocking_points",
    "calculate",
    "complete",
    "content_hash",
    "default_parameters",
    "delete_on",
    "document",
    "fee_for",
    "fee_of_values",
    "fields_of",
    "filled_texts",
    "form_values",
    "load_package",
    "missing_parameters",
    "notice_text",
    "notice_texts",
    "open_points",
    "package_from_document",
    "package_from_schema",
    "plain_values",
    "replay",
    "replay_case",
    "route_of",
    "setting_faults",
    "translate",
    "translation_gaps",
    "typed_values",
]
