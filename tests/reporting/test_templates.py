"""The templates hold no words of their own and ask for no text that the catalogue lacks."""

import re
from html.parser import HTMLParser
from importlib import resources

import pytest

from scvalid.reporting.catalogue import load_catalogue

TEMPLATES = sorted(
    (p for p in (resources.files("scvalid.reporting") / "templates").iterdir() if p.name.endswith(".html")),
    key=lambda p: p.name,
)
SPOKEN = ("title", "alt", "aria-label", "placeholder", "label", "data-label", "summary")


class Words(HTMLParser):
    """Collects text between tags and the attributes that a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SPOKEN and value]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_no_visible_word_stands_in_a_template(template: resources.abc.Traversable) -> None:
    words = Words()
    words.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL))
    assert [text for text in words.found if re.search(r"[^\W\d_]", text)] == []


def test_every_text_that_a_template_names_is_in_the_catalogue() -> None:
    catalogue = load_catalogue("en")
    whole = "\n".join(p.read_text(encoding="utf-8") for p in TEMPLATES)
    # a key that is built (t("verdict." ~ verdict)) ends in a dot; its words are checked where they come from
    named = {key for key in re.findall(r"""\bt\(\s*["']([a-z_A-Z0-9.]+)["']""", whole) if not key.endswith(".")}
    assert len(named) > 100
    assert sorted(key for key in named if key not in catalogue) == []
    starts = set(re.findall(r"""\bt\(\s*["']([a-z_A-Z0-9.]+\.)["']\s*~""", whole))
    assert sorted(s for s in starts if not any(key.startswith(s) for key in catalogue.keys())) == []  # noqa: SIM118
