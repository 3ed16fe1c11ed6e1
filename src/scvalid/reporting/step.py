"""The stage: read what every stage left, publish the verdicts, write the report."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from scvalid.contracts.quality import ClusteringSummary, IntegrationSummary, SampleSummary, TruthFile
from scvalid.contracts.tables import COMPOSITION, MARKERS, SET_EFFECTS, STATES, TRENDS
from scvalid.contracts.verdicts import BeyondFile, VerdictsFile
from scvalid.errors import ContractError
from scvalid.io.atomic import write_text
from scvalid.io.documents import read_model, write_model
from scvalid.io.tables import read_table
from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.compute.inputs import Inputs, Submitted
from scvalid.reporting.compute.page import page_of
from scvalid.reporting.compute.published import Sentences, publish
from scvalid.reporting.render import render
from scvalid.reporting.settings import ReportingSettings
from scvalid.reporting.wording import say_reason


def run(
    *,
    settings: ReportingSettings,
    submission: Mapping[str, object],
    all_msc: Path,
    by_state: Path,
    quality: Sequence[Path],
    integration: Path,
    clustering: Path,
    states: Path,
    markers: Path,
    set_effects: Path,
    composition: Path,
    trends: Path,
    truth: Path | None,
    contrasts: Sequence[Path] = (),
    beyond: Sequence[Path] = (),
    html: Path,
    verdicts: Path,
) -> None:
    """Write the report and the published verdicts of one dataset.

    Parameters
    ----------
    settings
        How the report is written.
    submission
        The submission as plain values: dataset, context, compound, design, samples, settings, versions, fingerprints.
    all_msc, by_state
        Verdicts on all cells together, and within each state.
    quality
        Summaries of intake and quality control, one a sample.
    integration, clustering
        Summaries of the two stages that give states.
    states, markers, set_effects
        Tables of cell states, of their markers, and of the panel's effects on all cells together.
    composition, trends
        Tables of effects split into states and composition, and of trends over doses or times; empty if there are none.
    truth
        Planted truth, if the data are simulated.
    contrasts, beyond
        Verdicts of further contrasts, and what holds in several of them.
    html, verdicts
        What is written: the report, and ``verdicts.json``.

    Raises
    ------
    ContractError
        If a file does not hold what its contract promises.
    """
    inputs = Inputs(
        submitted=_submitted(submission),
        all_msc=read_model(all_msc, VerdictsFile),
        by_state=read_model(by_state, VerdictsFile),
        quality=tuple(read_model(path, SampleSummary) for path in quality),
        integration=read_model(integration, IntegrationSummary),
        clustering=read_model(clustering, ClusteringSummary),
        states=read_table(states, STATES),
        markers=read_table(markers, MARKERS),
        set_effects=read_table(set_effects, SET_EFFECTS),
        composition=read_table(composition, COMPOSITION),
        trends=read_table(trends, TRENDS),
        truth=None if truth is None else read_model(truth, TruthFile),
        contrasts=tuple(read_model(path, VerdictsFile) for path in contrasts),
        beyond=tuple(read_model(path, BeyondFile) for path in beyond),
    )
    _write(inputs, settings, html=html, verdicts=verdicts)


def _write(inputs: Inputs, settings: ReportingSettings, *, html: Path, verdicts: Path) -> None:
    english, chinese = load_catalogue("en"), load_catalogue("zh")
    published = publish(inputs, say=lambda reason: Sentences(en=say_reason(english, reason), zh=say_reason(chinese, reason)))
    own, other = (chinese, english) if settings.language == "zh" else (english, chinese)
    page = render(page_of(inputs, settings), own, beside=other)
    write_model(verdicts, published)
    write_text(html, page)


def _submitted(submission: Mapping[str, object]) -> Submitted:
    try:
        return Submitted.model_validate(submission)
    except ValidationError as error:
        msg = f"submission: {error}"
        raise ContractError(msg) from error
