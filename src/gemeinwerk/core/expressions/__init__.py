"""One typed expression tree for visibility, requirement, calculation, fees, routing, eligibility.

    expr = parse('G1.F2 = "ja" and years_between(G1.F3, today) >= 16')
    check(expr, {"G1.F2": Type.TEXT, "G1.F3": Type.DATE, "today": Type.DATE}, Type.BOOLEAN)
    applies = compile_expression(expr, types)({"G1.F2": "ja", ...}) is True

The language, from what binds least to what binds most:

- `if a then b else c`
- `or`, `and`, `not`
- `= != < <= > >=`, `x in [..]`, `x not in [..]`; texts are ordered by code points
- `+ -`, then `* /`, then the sign; numbers are decimal, division by zero gives null
- "text" (escapes \\" \\\\ \\n \\r \\t), 12.5, true, false, null, date("2026-01-31"), ["a", "b"]
- names: `G1.F2`, in backticks when they hold other signs than letters, digits, _ and points
- functions: see `FUNCTIONS`

Missing answers are null. A comparison with a missing value is false, `not in` and `!=` included;
only the word null asks for it (`x = null`, `x != null`). Arithmetic and most functions give null
when a part is missing, also `sum`, `min` and `max` of a list with a gap. `and`, `or` and `not` are
three-valued; a condition holds when it is True, not when it is merely not False.
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
