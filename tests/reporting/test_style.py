"""Text can be read in the light and in the dark scheme; colours of states stand out in both."""

import re
from importlib import resources

import pytest

from scvalid.reporting.raster import PALETTE

TEXT, MARK = 4.5, 3.0
"""Smallest contrast of text, and of parts of a figure, by WCAG 2.2 (1.4.3 and 1.4.11)."""
ON_PAGE = ("ink", "soft", "link", "SUPPORTED", "CONTRADICTED", "NO_RELEVANT_EFFECT", "INCONCLUSIVE", "NOT_TESTABLE", "serious")


def colours(scheme: str) -> dict[str, str]:
    source = resources.files("scvalid.reporting") / "templates" / f"{scheme}.css"
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", source.read_text(encoding="utf-8")))


def luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme: str) -> None:
    c = colours(scheme)
    pairs = [(name, "page") for name in ON_PAGE]
    pairs += [(name, f"{kind}-back") for kind in ("serious", "caution", "note") for name in ("ink", "link", kind)]
    pairs += [("soft", "caution-back"), ("ink", "panel")]
    assert [(a, b, round(contrast(c[a], c[b]), 2)) for a, b in pairs if contrast(c[a], c[b]) < TEXT] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_states_stand_out(scheme: str) -> None:
    page = colours(scheme)["page"]
    assert [(colour, round(contrast(colour, page), 2)) for colour in PALETTE if contrast(colour, page) < MARK] == []


def test_both_schemes_name_the_same_colours() -> None:
    assert colours("light").keys() == colours("dark").keys()
