"""XSD patterns: meaning, tolerated habits, refusals, and linear time."""

from __future__ import annotations

import re
from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.forms.pattern_syntax import PatternError
from gemeinwerk.core.forms.patterns import Pattern


@pytest.mark.parametrize(
    ("source", "fits", "fails"),
    [
        ("([0]{1}[1-9]{1}|[1-9]{1}[0-9]{1})[0-9]{3}", ["01234"], ["00123", "012345", ""]),
        (r"[\p{L}0-9. ]*", ["Übel 1", ""], ["-"]),
        (r"\p{Lu}\P{Lu}+", ["Äb"], ["äb", "ÄB"]),
        (r"\p{IsBasicLatin}+", ["az"], ["ä"]),
        ("[a-z-[aeiou]]+", ["xyz"], ["abc"]),
        ("[^0-9]{2,}", ["ab", "abc"], ["a", "a1"]),
        (r"a\.b|c", ["a.b", "c"], ["axb", "a.bc"]),
        ("(a{0,3}b?){2}", ["", "aaaaaab"], ["c"]),
        (r"\d{2}-\w+\s?", ["12-ab "], ["1-a"]),
        (".", ["x"], ["\n", "xx"]),
        (r".\.", ["x."], ["xx", "x"]),
    ],
)
def test_meaning(source, fits, fails):
    pattern = Pattern(source)
    assert [value for value in fits if not pattern.matches(value)] == []
    assert [value for value in fails if pattern.matches(value)] == []


def test_anchors_are_tolerated_and_noted():
    pattern = Pattern(r"^[a-z]+@(?:x|y)\.de$")
    assert pattern.matches("a@x.de") and not pattern.matches("a@x.de$")
    assert pattern.notes == ("leading_caret", "trailing_dollar", "non_capturing_group")
    assert Pattern(r"a\$").matches("a$")


@pytest.mark.parametrize(
    "source",
    ["(", "a)", "[a", "[]", "a**", "(?=a)", "a{2,1}", "a{9999}", r"\p{Klingon}", r"\q", "a^b",
     "(" * 60 + ")" * 60, "[z-a]", "x" * 3000, "((a{100}){100}){100}", "a{,3}", "\\"],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(source):
    with pytest.raises(PatternError):
        Pattern(source)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("(a+)+$", "a" * 1999 + "b"),
        ("(a|a)*b", "a" * 2000),
        ("(a?){400}a{400}", "a" * 801),
        ("((((){1000}){1000}){1000}){1000}", "a"),
        (r"([a-z]+\.)*[a-z]+@", "a." * 900),
    ],
)
def test_catastrophic_patterns_take_no_time(source, value):
    start = perf_counter()
    assert not Pattern(source).matches(value)
    assert perf_counter() - start < 1


PARTS = st.recursive(
    st.sampled_from(["a", "b", "[ab]", ".", "[^a]", r"\d"]),
    lambda inner: st.one_of(
        st.builds("({}{})".format, inner, inner),
        st.builds("({}|{})".format, inner, inner),
        st.builds(
            "({}){}".format, inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,2}"])
        ),
    ),
    max_leaves=6,
)


@given(PARTS, st.text("ab1", max_size=8))
def test_agrees_with_a_second_engine(source, value):
    assert Pattern(source).matches(value) == bool(re.fullmatch(source, value))


@given(st.text(r"ab\p{L}()[]|*+?-^$0,", max_size=30), st.text(max_size=20))
def test_any_pattern_matches_or_is_refused(source, value):
    with suppress(PatternError):
        Pattern(source).matches(value)
