"""The town's colour: whatever it is, texts can be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.web.ui import brand

hex_colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PAPER, NIGHT = "#ffffff", "#131525"
MUTED = {"light": "#51577a", "dark": "#a5aac3"}


def tokens(css: str, scheme: str) -> dict[str, str]:
    block = re.search(r"\[data-kern-theme=" + scheme + r"\]\{([^}]*)\}", css)
    assert block
    return dict(pair.split(":") for pair in block[1].split(";"))


def test_contrast_as_wcag_counts_it():
    assert brand.contrast("#000", "#ffffff") == pytest.approx(21)
    assert brand.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert brand.contrast("#123456", "#123456") == 1


@given(hex_colours)
def test_every_colour_gives_readable_links_and_buttons(colour: str):
    css = brand.brand_css({"colour": colour})
    for scheme, ground in (("light", PAPER), ("dark", NIGHT)):
        found = tokens(css, scheme)
        action = found["--kern-color-action-default"]
        assert brand.contrast(action, ground) >= brand.READABLE
        assert brand.contrast(action, found["--gw-brand-soft"]) >= brand.READABLE
        assert brand.contrast(action, found["--kern-color-action-on-default"]) >= brand.READABLE
        assert brand.contrast(MUTED[scheme], found["--gw-brand-soft"]) >= brand.READABLE


@given(hex_colours)
def test_text_on_the_colour_is_the_better_of_the_two(colour: str):
    assert brand.contrast(colour, brand.text_on(colour)) >= 4.2


def test_a_text_colour_that_cannot_be_read_is_not_taken():
    assert "--gw-on-brand:#ffffff" in brand.brand_css({"colour": "#003366", "colour_text": "#036"})
    assert "--gw-on-brand:#ffee00" in brand.brand_css(
        {"colour": "#003366", "colour_text": "#ffee00"}
    )


@pytest.mark.parametrize("value", ["red;}body{display:none", "", None, "#12345", "url(x)"])
def test_what_is_no_colour_never_reaches_the_stylesheet(value: object):
    css = brand.brand_css({"colour": value})
    assert brand.DEFAULT in css
    assert "display" not in css


def test_an_unreadable_colour_is_said():
    with pytest.raises(brand.ColourUnreadableError):
        brand.contrast("blau", "#fff")
