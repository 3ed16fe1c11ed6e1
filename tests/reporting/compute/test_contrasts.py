"""Further contrasts in the report: a table each, names escaped, and no word where there are none."""

from dataclasses import replace

import pytest

from scvalid.contracts.verdicts import BeyondFile, BeyondVerdict, Code, InContrast, Reason, Verdict
from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.compute.contrasts import contrasts_of
from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.page import page_of
from scvalid.reporting.compute.published import Sentences, publish
from scvalid.reporting.compute.trends import untested_series
from scvalid.reporting.render import render
from scvalid.reporting.settings import ReportingSettings
from scvalid.settings import Contrast, Series


@pytest.fixture
def many(inputs: Inputs, hostile: str) -> Inputs:
    """The inputs with two contrasts, one of them of an arm with a hostile name, a claim beyond, and a series without rows."""
    contrasts = (
        Contrast(name="ab-v-a", treated="AB", vehicle=hostile),
        Contrast(name="ab", treated="AB", vehicle="vehicle", beyond=("ab-v-a",)),
    )
    series = (Series(name="lost", kind="dose", arms={"vehicle": 0, "low": 1, "AB": 2}),)
    design = inputs.submitted.design.model_copy(update={"contrasts": contrasts, "series": series})
    files = tuple(inputs.all_msc.model_copy(update={"contrast": one.name, "controls": None}) for one in reversed(contrasts))
    each = tuple(InContrast(contrast=name, verdict=Verdict.SUPPORTED, theta=0.5) for name in ("ab", "ab-v-a"))
    reason = Reason(code=Code.HOLDS_IN_EACH, values={"contrasts": "ab, ab-v-a", "p": 0.004, "q": 0.008})
    row = BeyondVerdict(
        claim_id="osteo-up", state="all_msc", verdict=Verdict.SUPPORTED, reasons=(reason,), p=0.004, q=0.008, contrasts=each
    )
    beyond = (BeyondFile(contrast="ab", beyond=("ab-v-a",), claims=(row,)),)
    return replace(inputs, submitted=inputs.submitted.model_copy(update={"design": design}), contrasts=files, beyond=beyond)


def test_each_contrast_has_its_arms_its_claims_and_what_holds_beyond_it(many: Inputs, hostile: str) -> None:
    ab, against_a = contrasts_of(many)
    assert [(ab.treated, ab.vehicle), (against_a.treated, against_a.vehicle)] == [("AB", "vehicle"), ("AB", hostile)]
    assert [row.verdict for row in ab.rows] == list(many.contrasts[0].claims)
    assert ab.beyond is not None
    assert (ab.beyond.claims[0].verdict, against_a.beyond) == (Verdict.SUPPORTED, None)
    assert untested_series(many) == ("lost",)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_shows_them_and_runs_nothing(many: Inputs, inputs: Inputs, hostile: str, language: str) -> None:
    own, other = load_catalogue(language), load_catalogue("zh" if language == "en" else "en")
    html = render(page_of(many, ReportingSettings()), own, beside=other)
    assert hostile not in html
    assert 'id="contrasts"' in html
    assert own.text("trends.untested", names="lost") in html
    assert own.text("contrasts.beyond_caption", name="ab") in html
    assert 'id="contrasts"' not in render(page_of(inputs, ReportingSettings()), own, beside=other)


def test_the_published_verdicts_hold_them_beside_the_headline(many: Inputs, inputs: Inputs) -> None:
    def say(reason: Reason) -> Sentences:
        return Sentences(en=reason.code, zh=reason.code)

    published, plain = publish(many, say=say), publish(inputs, say=say)
    assert published.claims == plain.claims
    assert (plain.contrasts, plain.beyond) == ((), ())
    assert [contrast.name for contrast in published.contrasts] == ["ab", "ab-v-a"]
    assert published.contrasts[0].claims["nfkb-up"].verdict == Verdict.CONTRADICTED
    assert published.beyond[0].claims[0].verdict == Verdict.SUPPORTED
