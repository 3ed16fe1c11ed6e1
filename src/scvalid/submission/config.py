"""The config as a model, and its faults as sentences."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from scvalid.clustering.settings import ClusteringSettings
from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.intake.settings import IntakeSettings
from scvalid.integration.settings import IntegrationSettings
from scvalid.pathways.settings import PathwaysSettings
from scvalid.pseudobulk.settings import PseudobulkSettings
from scvalid.qc.settings import QcSettings
from scvalid.reporting.settings import ReportingSettings
from scvalid.settings import Context, Design, Frozen
from scvalid.settings.submitted import Name
from scvalid.simulation.settings import SimulationSettings
from scvalid.verdicts.settings import VerdictsSettings

Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Label = Annotated[str, StringConstraints(max_length=500)]

_PLAIN_WORDS = {"model_type": "hold keys and values", "tuple_type": "be a list", "string_type": "be text"}


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
    claims: Name = Field(description="Registered claims (YAML).")
    gene_sets: tuple[Name, ...] = Field((), max_length=50, description="Own sets, .gmt or .tsv, beside the registered ones.")
    truth: Name | None = Field(None, description="Planted truth (JSON) of a simulated submission.")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Seed of every step that draws random numbers.")
    context: Context = Field(Context(), description="What the cells are.")
    compound: Compound | None = Field(None, description="What was given.")
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


def sentences_of(error: ValidationError, model: type[BaseModel], *, name: str) -> list[str]:
    """Return one sentence for each fault that pydantic found in a document."""
    faults = error.errors(include_url=False)
    # a list whose only element is at fault counts as empty for pydantic, which nobody wrote
    echoes = [f for f in faults if f["type"] == "too_short" and any(_is_within(g["loc"], f["loc"]) for g in faults)]
    return [_sentence_of(fault, model, name) for fault in faults if fault not in echoes]


def _is_within(place: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def _sentence_of(fault: ErrorDetails, model: type[BaseModel], name: str) -> str:
    path = ".".join(str(step) for step in fault["loc"])
    file = shown(Path(name).name)[1:-1]
    where = f"{file}, key {shown(path)}," if path else file
    known = _known_keys(model, fault["loc"][:-1])
    if fault["type"] == "extra_forbidden":
        return sentence(where, "be a known key", shown(fault["loc"][-1]), nearest(str(fault["loc"][-1]), known))
    if fault["type"] == "missing":
        return sentence(where, "be given", "no value", "Add the key; config/README.md says what it means.")
    got = "nothing" if fault["input"] is None else shown(fault["input"])
    if fault["type"] == "string_type" and not isinstance(fault["input"], (list, dict, type(None))):
        # YAML takes a bare off, 5 or 2024-01-31 for a truth value, a number, a date
        return sentence(where, "be text", f"{got} without quotes", "Put quotes around it.")
    if fault["type"] in _PLAIN_WORDS:
        return sentence(where, _PLAIN_WORDS[fault["type"]], got, "Change it; config/README.md shows how it is written.")
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Input should ")
    must = message.removeprefix("must ") if message.startswith(("be ", "have ", "must ")) else f"be valid ({message})"
    return sentence(where, must, got, "Change the value; config/README.md says what is allowed.")


def _known_keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    for step in path:
        field = model.model_fields.get(str(step))
        inner = None if field is None else model_in(field.annotation)
        model = inner or model
    return list(model.model_fields)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation holds: itself, one of a union, or the element of a tuple."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part))), None)
