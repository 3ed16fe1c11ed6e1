"""The config as a model, and its faults as sentences."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from scvalid.clustering.settings import ClusteringSettings
from scvalid.contracts.claims import ClaimId
from scvalid.contracts.faults import sentences_of
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.intake.settings import IntakeSettings
from scvalid.integration.settings import IntegrationSettings
from scvalid.pathways.settings import PathwaysSettings
from scvalid.pseudobulk.settings import PseudobulkSettings
from scvalid.qc.settings import QcSettings
from scvalid.reporting.settings import ReportingSettings
from scvalid.settings import Context, Design, Frozen
from scvalid.settings.vocabulary import Name
from scvalid.simulation.settings import SimulationSettings
from scvalid.verdicts.settings import VerdictsSettings

Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Label = Annotated[str, StringConstraints(max_length=500)]


class Compound(Frozen):
    """What was given, as the report says it."""

    name: Name = Field(description="English name of the compound.")
    name_zh: Name | None = Field(None, description="Chinese name.")
    inchikey: Annotated[str, StringConstraints(pattern=r"^[A-Z]{14}-[A-Z]{10}-[A-Z]$")] | None = Field(
        None, description="InChIKey."
    )
    dose: Name | None = Field(None, description="Dose with its unit.")
    exposure: Name | None = Field(None, description="Time from first contact to lysis.")
    vehicle: Name | None = Field(None, description="Vehicle and its share of the volume.")


class Config(Frozen):
    """All keys of config.yaml; paths are relative to that file."""

    dataset: Slug = Field(description="Names the results folder; letters, digits, '.', '_' and '-'.")
    title: Label = Field("", description="Title of the report.")
    samples: Name = Field(description="Sample sheet (tab separated).")
    claims: Name | None = Field(None, description="Own claims (YAML); may be left out if registered ones are named.")
    registered_claims: tuple[ClaimId, ...] = Field(
        (), max_length=200, description="Ids of registered claims to be tested; `scvalid claims` lists them."
    )
    gene_sets: tuple[Name, ...] = Field(
        (), max_length=50, description="Own sets, .gmt or .tsv, beside the registered ones; at most 1,000 together."
    )
    truth: Name | None = Field(None, description="Planted truth (JSON) of a simulated submission.")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Seed of every step that draws random numbers.")
    context: Context = Field(Context(), description="What the cells are.")
    compound: Compound | None = Field(None, description="What was given.")
    treatment: Name | None = Field(None, description="What was done, if it was no compound, for example IFNG + TNF licensing.")
    design: Design = Field(description="Which arm is compared with which.")
    simulation: SimulationSettings | None = Field(None, description="Only where the workflow simulates the samples itself.")
    intake: IntakeSettings = Field(IntakeSettings(), description="How files are read.")
    qc: QcSettings = Field(QcSettings(), description="Which cells are kept.")
    integration: IntegrationSettings = Field(IntegrationSettings(), description="How samples are brought together.")
    clustering: ClusteringSettings = Field(ClusteringSettings(), description="How cell states are found.")
    pseudobulk: PseudobulkSettings = Field(PseudobulkSettings(), description="How cells are summed.")
    pathways: PathwaysSettings = Field(PathwaysSettings(), description="How effects are estimated.")
    verdicts: VerdictsSettings = Field(VerdictsSettings(), description="What counts as an effect.")
    reporting: ReportingSettings = Field(ReportingSettings(), description="How the report is written.")


def parse_config(values: object, *, name: str) -> Config:
    """Return the config that plain values hold.

    Raises
    ------
    SubmissionError
        With one sentence for every key that is unknown, missing or out of bounds.
    """
    if not isinstance(values, Mapping):
        got = "nothing" if values is None else shown(values)
        raise SubmissionError([sentence(shown(name)[1:-1], "hold keys and values", got, "See config/README.md.")])
    # a section that was left empty in YAML is null: its defaults hold
    given = {key: value for key, value in values.items() if value is not None}
    try:
        return Config.model_validate(given)
    except ValidationError as error:
        raise SubmissionError(sentences_of(error, Config, name=name)) from None
