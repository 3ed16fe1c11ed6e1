"""The config as a model, and its faults as sentences."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError

from scvalid.clustering.settings import ClusteringSettings
from scvalid.contracts.claims import ClaimId
from scvalid.contracts.faults import sentences_of
from scvalid.contracts.formulae import INCHIKEY
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.intake.settings import IntakeSettings
from scvalid.integration.settings import IntegrationSettings
from scvalid.pathways.settings import PathwaysSettings
from scvalid.pseudobulk.settings import PseudobulkSettings
from scvalid.qc.settings import QcSettings
from scvalid.reporting.settings import ReportingSettings
from scvalid.retrieval.settings import RetrievalSettings
from scvalid.settings import Context, Design, Frozen
from scvalid.settings.vocabulary import Name
from scvalid.settings.vocabulary.names import Slug
from scvalid.simulation.settings import SimulationSettings
from scvalid.verdicts.settings import VerdictsSettings

# for reading on after a required key was found missing or faulty; nothing is run with them
_STAND_INS: dict[str, Any] = {"dataset": "unnamed", "samples": "samples.tsv", "design": {"treated": "?", "vehicle": "??"}}
_MAX_READINGS = 4
Label = Annotated[str, StringConstraints(max_length=500)]


def _text_of(value: object) -> object:
    """YAML reads yes, 37 and 2024-01-31 as a truth value, a number and a date; in a sheet they would be text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float | date) else value


Stated = Annotated[Name, BeforeValidator(_text_of)]
"""A value of a column that holds for all samples."""


class Compound(Frozen):
    """What was given, as the report says it."""

    name: Name = Field(description="English name of the compound.")
    name_zh: Name | None = Field(None, description="Chinese name.")
    inchikey: Annotated[str, StringConstraints(pattern=INCHIKEY)] | None = Field(None, description="InChIKey.")
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
    metadata: Mapping[Name, Stated] = Field(
        {}, max_length=200, description="Columns of the standard that hold for all samples, stated once."
    )
    treatment: Name | None = Field(None, description="What was done, if it was no compound, for example IFNG + TNF licensing.")
    design: Design = Field(description="Which arm is compared with which.")
    simulation: SimulationSettings | None = Field(None, description="Only where the workflow simulates the samples itself.")
    retrieval: RetrievalSettings = Field(RetrievalSettings(), description="How files of an https address are retrieved.")
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
    config, faults, _ = read_config(values, name=name)
    if config is None or faults:
        raise SubmissionError(faults)
    return config


def read_config(values: object, *, name: str) -> tuple[Config | None, list[str], frozenset[str]]:
    """Return what can be read of a config, so that a fault in one key does not hide those of the files that others name.

    Returns
    -------
    The config without its faulty values, one sentence a fault, and the required keys that something stands in for. The config
    is None if nothing can be made of it.
    """
    if not isinstance(values, Mapping):
        # not its content: who names a file that is not theirs must not read it here
        got = "nothing" if values is None else "a list" if isinstance(values, list) else "other text"
        return None, [sentence(shown(name)[1:-1], "hold keys and values", got, "See config/README.md.")], frozenset()
    # a section that was left empty in YAML is null: its defaults hold
    given = {key: value for key, value in values.items() if value is not None}
    faults: list[str] = []
    stood_in: set[str] = set()
    for _ in range(_MAX_READINGS):
        try:
            return Config.model_validate(given), faults, frozenset(stood_in)
        except ValidationError as error:
            # a later reading only finds what this program left out itself
            faults = faults or sentences_of(error, Config, name=name)
            places = [fault["loc"] for fault in error.errors(include_url=False)]
            given, replaced = _without(given, places)
            stood_in |= replaced
    return None, faults, frozenset()


def _without(given: Mapping[str, Any], places: Sequence[tuple[int | str, ...]]) -> tuple[dict[str, Any], set[str]]:
    """Return the values without those at fault, and the required keys that got a stand-in because nothing is left of them."""
    kept: dict[str, Any] = {str(key): dict(value) if isinstance(value, Mapping) else value for key, value in given.items()}
    for key, *inner in filter(None, places):
        section = kept.get(str(key))
        # of a section one key can be left out, a list as a whole; a required one takes its section with it
        if isinstance(section, dict) and inner and inner[0] in section and _is_left_out_whole(section[inner[0]], inner):
            del section[inner[0]]
        else:
            kept.pop(str(key), None)
    replaced = {key for key in _STAND_INS if key not in kept}
    return kept | {key: _STAND_INS[key] for key in replaced}, replaced


def _is_left_out_whole(value: object, inner: Sequence[int | str]) -> bool:
    return len(inner) == 1 or isinstance(value, list)
