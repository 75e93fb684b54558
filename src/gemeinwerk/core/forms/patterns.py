"""Matches XSD patterns in time linear in the length of the value (S35).

A pattern becomes a position automaton (Glushkov): one bit per character of the pattern, sets of
positions are whole numbers. Steps already taken are remembered, so that a usual value costs one
dictionary look-up per character; there is no backtracking that a hostile value could blow up.
"""

from __future__ import annotations

from functools import lru_cache

from gemeinwerk.core.forms.pattern_syntax import (
    Chars,
    CharTest,
    Either,
    Part,
    PatternError,
    Reader,
    Repeat,
    Sequence,
)

MAX_POSITIONS = 1000
MAX_LENGTH = 2000
"""Longer values are never matched: the caller reports them as too long."""
_REMEMBERED = 20_000

Edges = tuple[bool, int, int]
"""May be empty, first positions, last positions."""

_NOTHING: Edges = (True, 0, 0)


class _Builder:
    """Numbers the characters of a pattern and notes which may follow which."""

    def __init__(self) -> None:
        self.follow: list[int] = []
        self.tests: dict[str, tuple[CharTest, int]] = {}

    def add(self, part: Part) -> Edges:
        if isinstance(part, Chars):
            return self._chars(part)
        if isinstance(part, Sequence):
            done = _NOTHING
            for each in part.parts:
                done = self._join(done, self.add(each))
            return done
        if isinstance(part, Either):
            return self._either([self.add(each) for each in part.branches])
        return self._repeat(part)

    def _chars(self, part: Chars) -> Edges:
        if len(self.follow) >= MAX_POSITIONS:
            raise PatternError(f"needs more than {MAX_POSITIONS} positions")
        bit = 1 << len(self.follow)
        self.follow.append(0)
        test, mask = self.tests.get(part.name, (part.test, 0))
        self.tests[part.name] = (test, mask | bit)
        return (False, bit, bit)

    def _join(self, left: Edges, right: Edges) -> Edges:
        self._link(left[2], right[1])
        return (
            left[0] and right[0],
            left[1] | right[1] if left[0] else left[1],
            right[2] | left[2] if right[0] else right[2],
        )

    def _link(self, last: int, first: int) -> None:
        while last:
            bit = last & -last
            self.follow[bit.bit_length() - 1] |= first
            last ^= bit

    @staticmethod
    def _either(branches: list[Edges]) -> Edges:
        empty, first, last = False, 0, 0
        for each in branches:
            empty, first, last = empty or each[0], first | each[1], last | each[2]
        return (empty, first, last)

    def _repeat(self, part: Repeat) -> Edges:
        done = _NOTHING
        for _ in range(part.least):
            copy = self.add(part.part)
            if copy == _NOTHING:  # as in (){1000}: repeating it changes nothing
                return done
            done = self._join(done, copy)
        if part.most is None:
            loop = self.add(part.part)
            self._link(loop[2], loop[1])
            return self._join(done, (True, loop[1], loop[2]))
        return self._join(done, self._optional(part.part, part.most - part.least))

    def _optional(self, part: Part, times: int) -> Edges:
        """x{0,3} as (x(x(x)?)?)?, so that few positions are open at a time."""
        copies: list[Edges] = []
        for _ in range(times):
            copies.append(self.add(part))
            if copies[-1] == _NOTHING:
                break
        done = _NOTHING
        for copy in reversed(copies):
            _, first, last = self._join(copy, done)
            done = (True, first, last)
        return done


class Pattern:
    """One compiled XSD pattern."""

    __slots__ = ("_empty", "_first", "_follow", "_last", "_masks", "_steps", "_tests", "notes")

    def __init__(self, source: str) -> None:
        reader = Reader(source)
        builder = _Builder()
        self._empty, self._first, self._last = builder.add(reader.read())
        self._follow = tuple(builder.follow)
        self._tests = tuple(builder.tests.values())
        self._masks: dict[str, int] = {}
        self._steps: dict[tuple[int, str], int] = {}
        self.notes = tuple(dict.fromkeys(reader.notes))

    def matches(self, value: str) -> bool:
        """Tell whether the whole value fits; values beyond `MAX_LENGTH` never do."""
        if not value:
            return self._empty
        if len(value) > MAX_LENGTH:
            return False
        state, steps = -1, self._steps
        for char in value:
            after = steps.get((state, char))
            if after is None:
                after = self._step(state, char)
            if not after:
                return False
            state = after
        return bool(state & self._last)

    def _step(self, state: int, char: str) -> int:
        """Return the positions that `char` can be; -1 stands for the start."""
        reachable = self._first
        if state != -1:
            reachable, left = 0, state
            while left:
                bit = left & -left
                reachable |= self._follow[bit.bit_length() - 1]
                left ^= bit
        after = reachable & self._mask(char)
        if len(self._steps) >= _REMEMBERED:
            self._steps = {}
        self._steps[(state, char)] = after
        return after

    def _mask(self, char: str) -> int:
        mask = self._masks.get(char)
        if mask is None:
            mask = 0
            for test, bits in self._tests:
                if test(char):
                    mask |= bits
            if len(self._masks) >= _REMEMBERED:
                self._masks = {}
            self._masks[char] = mask
        return mask


@lru_cache(maxsize=512)
def compile_pattern(source: str) -> Pattern:
    """Return the compiled pattern, or raise `PatternError`."""
    return Pattern(source)
