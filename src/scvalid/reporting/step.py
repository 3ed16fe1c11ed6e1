"""The stage: read what every stage left, publish the verdicts, write the report."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from scvalid.contracts.quality import ClusteringSummary, IntegrationSummary, SampleSummary, TruthFile
from scvalid.contracts.tables import MARKERS, SET_EFFECTS, STATES
from scvalid.contracts.verdicts import VerdictsFile
from scvalid.errors import ContractError
from scvalid.io.atomic import write_text
from scvalid.io.documents import read_model, write_model
from scvalid.io.tables import read_table
from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.compute.inputs import Inputs, Submitted
from scvalid.reporting.compute.page import page_of
from scvalid.reporting.compute.published import publish
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
    truth: Path | None,
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
    truth
        Planted truth, if the data are simulated.
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
        truth=None if truth is None else read_model(truth, TruthFile),
    )
    catalogue = load_catalogue(settings.language)
    published = publish(inputs, say=lambda reason: say_reason(catalogue, reason))
    page = render(page_of(inputs, settings), catalogue)
    write_model(verdicts, published)
    write_text(html, page)


def _submitted(submission: Mapping[str, object]) -> Submitted:
    try:
        return Submitted.model_validate(submission)
    except ValidationError as error:
        msg = f"submission: {error}"
        raise ContractError(msg) from error
