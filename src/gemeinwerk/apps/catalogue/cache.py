"""Packages and compiled forms in memory, by version id and language; the least used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


FORMS_KEPT = 400
"""Compiled forms in one process: at most 0.9 MB each, and made anew in some 25 ms."""


class Shelf(Generic[T]):
    """A small LRU: versions never change, so nothing is ever stale."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._items: OrderedDict[object, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object, make: Callable[[], T]) -> T:
        """Return the item of a key, made on first use; two threads may make it twice."""
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
                return self._items[key]
        item = make()
        with self._lock:
            self._items[key] = item
            while len(self._items) > self._size:
                self._items.popitem(last=False)
        return item

    def clear(self) -> None:
        with self._lock:
            self._items.clear()
