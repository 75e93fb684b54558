"""One typed expression tree for visibility, requirement, calculation, fees, routing, eligibility.

expr = parse('G1.F2 = "ja" and years_between(G1.F3, today) >= 16')
check(expr, {"G1.F2": Type.TEXT, "G1.F3": Type.DATE, "today": Type.DATE}, Type.BOOLEAN)
applies = compile_expression(expr, types)({"G1.F2": "ja", ...}) is True
"""

from gemeinwerk.core.expressions.causes import missing_names
from gemeinwerk.core.expressions.compiler import Evaluate, compile_expression
from gemeinwerk.core.expressions.errors import ExpressionError
from gemeinwerk.core.expressions.functions import FUNCTIONS
from gemeinwerk.core.expressions.inference import check, infer
from gemeinwerk.core.expressions.parser import parse
from gemeinwerk.core.expressions.partial import free_names, simplify
from gemeinwerk.core.expressions.printer import to_text
from gemeinwerk.core.expressions.tree import (
    MAX_DEPTH,
    MAX_LENGTH,
    Arithmetic,
    Call,
    Compare,
    Expr,
    If,
    ListOf,
    Literal,
    Logic,
    Name,
    Negative,
    Not,
    children,
    dependencies,
    walk,
)
from gemeinwerk.core.expressions.types import Type, fits, is_list, item_of, list_of, type_of

__all__ = [
    "FUNCTIONS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "Arithmetic",
    "Call",
    "Compare",
    "Evaluate",
    "Expr",
    "ExpressionError",
    "If",
    "ListOf",
    "Literal",
    "Logic",
    "Name",
    "Negative",
    "Not",
    "Type",
    "check",
    "children",
    "compile_expression",
    "dependencies",
    "fits",
    "free_names",
    "infer",
    "is_list",
    "item_of",
    "list_of",
    "missing_names",
    "parse",
    "simplify",
    "to_text",
    "type_of",
    "walk",
]
