"""Forms (Formulare): model, compilation, pages, checking of answers."""

from gemeinwerk.core.forms.model import (
    Check,
    EvidenceSpec,
    Field,
    FieldKind,
    Form,
    Group,
    Node,
    Option,
    Page,
    TextFormat,
    TextType,
    ValueKind,
    Variable,
)

__all__ = [
    "Check",
    "EvidenceSpec",
    "Field",
    "FieldKind",
    "Form",
    "Group",
    "Node",
    "Option",
    "Page",
    "TextFormat",
    "TextType",
    "ValueKind",
    "Variable",
]
