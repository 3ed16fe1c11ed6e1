"""The page: whole, closed to the network, and nothing that a submitter typed runs."""

import base64
import dataclasses
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from scvalid.contracts.verdicts import RunControls, Verdict
from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.page import page_of
from scvalid.reporting.render import render
from scvalid.reporting.settings import ReportingSettings

VOID = {"meta", "input", "link", "br", "img", "hr"}
LARGEST = 5_000_000


class Document(HTMLParser):
    """Tags with their attributes, and every tag that is closed in the wrong place."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]


def html_of(inputs: Inputs) -> str:
    return render(page_of(inputs, ReportingSettings()), load_catalogue("en"), beside=load_catalogue("zh"))


@pytest.fixture(scope="module")
def html(inputs: Inputs) -> str:
    return html_of(inputs)


@pytest.fixture(scope="module")
def document(html: str) -> Document:
    return Document(html)


def test_tags_are_balanced(document: Document) -> None:
    assert document.misplaced == []
    assert document.open == []


def test_a_hostile_name_is_shown_and_never_a_tag(html: str, document: Document, hostile: str) -> None:
    assert hostile not in html
    assert document.all("img") == []
    assert any(hostile in text for text in document.text)
    assert not [attrs for _, attrs in document.tags if any(name.startswith("on") for name in attrs)]


def test_a_hostile_name_cannot_leave_an_attribute(inputs: Inputs) -> None:
    quoted = "\"' onmouseover='alert(1)"
    row = inputs.all_msc.claims[0]
    part = row.parts[0].model_copy(update={"readout": row.parts[0].readout.model_copy(update={"id": quoted})})
    facts = inputs.design.model_copy(update={"donors_treated": (quoted,), "donors_vehicle": (quoted,)})
    hit = inputs.all_msc.model_copy(
        update={
            "claims": (row.model_copy(update={"parts": (part,)}), *inputs.all_msc.claims[1:]),
            "design": inputs.all_msc.design.model_copy(update={"states": (facts,)}),
        }
    )
    document = Document(html_of(dataclasses.replace(inputs, all_msc=hit)))
    assert [attrs for _, attrs in document.tags if any(quoted in (value or "") for value in attrs.values())]
    assert not [attrs for _, attrs in document.tags if "onmouseover" in attrs]


def test_nothing_is_loaded_from_anywhere(document: Document) -> None:
    loaded = [
        value for _, attrs in document.tags for name, value in attrs.items() if name in ("src", "srcset", "data", "poster")
    ]
    assert loaded == []
    pictures = [attrs["href"] for attrs in document.all("image", "use")]
    assert [p[:22] for p in pictures if p] == ["data:image/png;base64,"]
    assert document.all("link", "iframe", "object", "embed", "form", "base") == []
    outside = {attrs["href"] for attrs in document.all("a") if attrs["href"] and not attrs["href"].startswith("#")}
    assert outside
    assert all(href.startswith("https://doi.org/") for href in outside)


def test_the_policy_lets_in_this_style_and_this_script_only(html: str, document: Document) -> None:
    policy = next(m["content"] for m in document.all("meta") if m.get("http-equiv") == "Content-Security-Policy") or ""
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    # an attribute would be refused by the policy, silently
    assert not [attrs for _, attrs in document.tags if "style" in attrs]
    assert "url(" not in html
    assert "@import" not in html


def test_ids_are_unique_and_every_link_in_the_page_leads_somewhere(document: Document) -> None:
    ids = Counter(attrs["id"] for _, attrs in document.tags if "id" in attrs)
    assert [i for i, n in ids.items() if n > 1] == []
    links = {attrs["href"][1:] for attrs in document.all("a") if attrs["href"] and attrs["href"].startswith("#")}
    assert links - set(ids) == set()
    labels = {attrs["aria-labelledby"] for _, attrs in document.tags if "aria-labelledby" in attrs}
    assert labels - set(ids) == set()


def test_headings_leave_out_no_level_and_there_is_one_first(document: Document) -> None:
    levels = [int(tag[1]) for tag, _ in document.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_tables_have_captions_and_their_heads_have_scopes(html: str, document: Document) -> None:
    assert [attrs for attrs in document.all("th") if attrs.get("scope") not in ("col", "row", "rowgroup")] == []
    assert len(document.all("table")) == len(document.all("caption")) > 0
    assert html.count("<table") == len(re.findall(r"<table[^>]*>\s*<caption>", html))


def test_every_drawing_is_named_or_hidden(html: str) -> None:
    for tag, body in re.findall(r"<svg([^>]*)>(.*?)</svg>", html, flags=re.DOTALL):
        assert 'aria-hidden="true"' in tag or ('role="img"' in tag and re.match(r"\s*<title>[^<]+</title>", body)), tag


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_a_word_and_a_shape(html: str, verdict: Verdict) -> None:
    word = load_catalogue("en").text(f"verdict.{verdict}")
    assert re.search(
        rf'<span class="verdict {verdict}">\s*<svg class="shape".*?</svg>\s*<span>{word}</span>', html, flags=re.DOTALL
    )


def test_the_banner_on_simulated_data_stands_before_any_figure(html: str) -> None:
    assert html.index("These data are simulated") < html.index('<svg class="forest')


def test_chinese_stands_in_the_page_and_is_marked(html: str) -> None:
    assert '<p class="zh" lang="zh-Hans">淫羊藿苷上调间充质基质细胞的成骨程序</p>' in html
    assert '<html lang="en">' in html


def test_verdict_and_reasons_of_a_card_stand_in_both_languages(html: str) -> None:
    card = card_of(html, "osteo-up")
    assert '<span class="beside-word" lang="zh-Hans">支持</span>' in card
    assert "in the registered direction. <span" in card
    assert "与注册方向一致。</span>" in card


def test_a_chinese_report_is_chinese_throughout_with_english_beside_it(inputs: Inputs) -> None:
    page = page_of(inputs, ReportingSettings(language="zh"))
    html = render(page, load_catalogue("zh"), beside=load_catalogue("en"))
    assert '<html lang="zh-Hans">' in html
    card = card_of(html, "osteo-up")
    assert "<h3>淫羊藿苷上调间充质基质细胞的成骨程序</h3>" in card
    assert '<p class="zh" lang="en">Icariin raises osteogenic programmes in mesenchymal stromal cells</p>' in card
    assert "in the registered direction." in card
    # a statement that has no Chinese text stands in English once
    assert card_of(html, "nfkb-up").count("Icariin raises NF-kB signalling") == 1
    english = load_catalogue("en")
    told = Document(html).text
    for key in ("section.claims", "section.error_rates", "ladder.mde", "figure.specs.data", "error_rates.lead", "cards.lead"):
        assert not [text for text in told if english.text(key) in text], key


def with_controls(inputs: Inputs, controls: RunControls | None) -> Inputs:
    return dataclasses.replace(inputs, all_msc=inputs.all_msc.model_copy(update={"controls": controls}))


def test_a_run_that_exceeds_its_bound_says_so_above_the_verdicts(inputs: Inputs, html: str) -> None:
    controls = inputs.all_msc.controls
    assert controls is not None
    exceeded = controls.permuted_labels.model_copy(update={"rate": 0.06, "low": 0.031, "high": 0.1, "is_exceeded": True})
    loud = html_of(with_controls(inputs, controls.model_copy(update={"permuted_labels": exceeded})))
    words = "this run decides too often"
    assert words not in html
    assert loud.index(words) < loud.index('id="verdicts"')
    alert = loud[loud.index(words) : loud.index('id="verdicts"')]
    assert "#claim-osteo-up" in alert
    assert "above the bound" in loud


def test_error_rates_say_what_was_found_and_what_could_not_be_estimated(html: str) -> None:
    section = html.split('id="error_rates"')[1].split("</section>", maxsplit=1)[0]
    assert "8 decisive verdicts on 11 claims" in section
    assert "not estimable. Vehicle donors: 3; it takes 5." in section
    assert "+0.25 planted, +0.24 found" in section


def test_a_run_without_controls_says_so(inputs: Inputs) -> None:
    section = html_of(with_controls(inputs, None)).split('id="error_rates"')[1].split("</section>")[0]
    assert "The controls were not run" in section


def test_a_card_shows_specifications_rivals_composition_and_the_positive_control(html: str) -> None:
    card = card_of(html, "osteo-up")
    assert "10 of 11 specifications that count have the sign of the effect, 9 of them also p &lt; 0.10" in card
    assert "exact permutation of donor labels" in card
    assert '<th scope="row">CELL_CYCLE</th><td class="word">named in the claim</td>' in card
    assert "Of 9 pathways without registered overlap, 2 move" in card
    assert '<th scope="row">Composition</th><td>+0.12</td>' in card
    assert '<th scope="row">+0.25</th><td>+0.24</td><td>55' in card


def test_a_series_has_its_section_and_other_runs_have_none(inputs: Inputs, html: str) -> None:
    section = html.split('id="trends"')[1].split("</section>", maxsplit=1)[0]
    assert "0: 0.00, 1: +0.21, 10: +0.48" in section
    assert 'id="trends"' not in html_of(dataclasses.replace(inputs, trends=None))


def card_of(html: str, claim_id: str) -> str:
    return html.split(f'id="claim-{claim_id}"')[1].split("</article>", maxsplit=1)[0]


def test_a_card_says_how_its_source_was_read_and_what_it_says(html: str) -> None:
    card = card_of(html, "osteo-up")
    assert "<dd>read; the review in a Chinese digest</dd>" in card
    assert "<dd>“淫羊藿苷:促MSC成骨分化 &lt;P3&gt;”</dd>" in card


def test_a_set_of_this_project_says_so_wherever_it_is_used(html: str) -> None:
    words = "this project&#39;s own set, to be reviewed"
    assert [words in card_of(html, name) for name in ("osteo-up", "nfkb-up", "hypoxia", "two-parts")] == [True] + [False] * 3
    assert "submitted with the data, not registered" in card_of(html, "hypoxia")
    panel = html.split('id="pathways"')[1]
    assert re.findall(r'"row">(\w+) <span class="tag">to review', panel) == ["HALLMARK_SET_3"]


def test_a_claim_of_a_lab_has_no_empty_rows(html: str) -> None:
    assert "Certainty of the source" in card_of(html, "osteo-up")
    for absent in ("Certainty of the source", "What counts of mRNA can show", "How the source was read", "Words of the source"):
        assert absent not in card_of(html, "nfkb-up")
    assert not re.findall(r"<dd>\s*</dd>", html)


def test_directions_that_are_no_sign_read_as_words(inputs: Inputs) -> None:
    first, *others = inputs.all_msc.claims
    for direction, words in (("changed", "changed, up or down"), ("expressed", "expressed in untreated cells")):
        part = first.parts[0].model_copy(update={"direction": direction})
        claims = (first.model_copy(update={"parts": (part,)}), *others)
        card = card_of(
            html_of(dataclasses.replace(inputs, all_msc=inputs.all_msc.model_copy(update={"claims": claims}))), "osteo-up"
        )
        assert f"OSTEO_DIFFERENTIATION (gene set): {words}</dd>" in card
        assert f"OSTEO_DIFFERENTIATION, registered: {words} " in card


def test_a_large_report_stays_small_enough_to_be_sent(inputs: Inputs) -> None:
    claims = tuple(
        row.model_copy(update={"claim": row.claim.model_copy(update={"id": f"{row.claim.id}-{i}"})})
        for i in range(8)
        for row in inputs.all_msc.claims
    )
    many = dataclasses.replace(
        inputs,
        all_msc=inputs.all_msc.model_copy(update={"claims": claims}),
        quality=tuple(inputs.quality[i % 8].model_copy(update={"sample_id": f"s{i}"}) for i in range(30)),
    )
    assert len(html_of(many).encode()) < LARGEST
