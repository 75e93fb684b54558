"""Forms (Formulare): model, compilation, pages, checking of answers."""

from gemeinwerk.core.forms.compiled import CompiledForm, UnknownPageError, compile_form
from gemeinwerk.core.forms.evaluation import Evaluation
from gemeinwerk.core.forms.from_schema import form_from_schema
from gemeinwerk.core.forms.live import Change, LiveForm
from gemeinwerk.core.forms.model import (
    Check,
    EvidenceSpec,
    Field,
    FieldKind,
    Form,
    Group,
    Layout,
    Node,
    Option,
    Page,
    TextFormat,
    TextType,
    ValueKind,
    Variable,
)
from gemeinwerk.core.forms.outcome import Row, Section
from gemeinwerk.core.forms.plan import html_id
from gemeinwerk.core.forms.reading import Answers, PageReading

__all__ = [
    "Answers",
    "Change",
    "Check",
    "CompiledForm",
    "Evaluation",
    "EvidenceSpec",
    "Field",
    "FieldKind",
    "Form",
    "Group",
    "Layout",
    "LiveForm",
    "Node",
    "Option",
    "Page",
    "PageReading",
    "Row",
    "Section",
    "TextFormat",
    "TextType",
    "UnknownPageError",
    "ValueKind",
    "Variable",
    "compile_form",
    "form_from_schema",
    "html_id",
]
