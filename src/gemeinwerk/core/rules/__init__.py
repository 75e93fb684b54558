"""Rules (Regeln): reads the German prose of FIM rules into typed expressions, by grammar."""

from gemeinwerk.core.rules.conflicts import domain
from gemeinwerk.core.rules.model import Effect, Translation
from gemeinwerk.core.rules.scope import Names, element_at
from gemeinwerk.core.rules.translate import translate_rule, translate_schema

__all__ = [
    "Effect",
    "Names",
    "Translation",
    "domain",
    "element_at",
    "translate_rule",
    "translate_schema",
]
