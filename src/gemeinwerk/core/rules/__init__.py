"""Rules (Regeln): reads the German prose of FIM rules into typed expressions, by grammar."""

from gemeinwerk.core.rules.applying import FormRules, RuleCheck, rules_for_form
from gemeinwerk.core.rules.conflicts import domain, types_of
from gemeinwerk.core.rules.german import read_condition, to_german, to_rule
from gemeinwerk.core.rules.judging import judged
from gemeinwerk.core.rules.lines import as_json, lines_of
from gemeinwerk.core.rules.model import Action, Effect, Status, Translation
from gemeinwerk.core.rules.scope import Names, Place, element_at
from gemeinwerk.core.rules.translate import translate_rule, translate_schema

__all__ = [
    "Action",
    "Effect",
    "FormRules",
    "Names",
    "Place",
    "RuleCheck",
    "Status",
    "Translation",
    "as_json",
    "domain",
    "element_at",
    "judged",
    "lines_of",
    "read_condition",
    "rules_for_form",
    "to_german",
    "to_rule",
    "translate_rule",
    "translate_schema",
    "types_of",
]
