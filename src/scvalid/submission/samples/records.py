"""What is stated of each sample: its row and the config together, each fault said once for all rows that have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scvalid.errors import shown
from scvalid.settings import Sample
from scvalid.settings.vocabulary import challenge_of
from scvalid.settings.vocabulary.challenges import NONE
from scvalid.submission.config import Config
from scvalid.submission.samples.consistency import Place, faults_across
from scvalid.submission.samples.fields import DOSE, OF_ROWS, Fields, columns_of
from scvalid.submission.samples.refusal import Doubt, Refused, columns_of_refused, doubts_by_value, sentences_by_value
from scvalid.submission.samples.sheet import SampleRow, read_sample_rows
from scvalid.submission.samples.standard import Arm, Read, Standard, read_record, read_standard
from scvalid.submission.samples.stated import Stated, compound_given, stated_by
from scvalid.submission.samples.terms import ORGANISMS


@dataclass(frozen=True)
class Described:
    """The samples with what is stated of them.

    Attributes
    ----------
    samples
        The good rows of the sheet.
    records
        For each sample, column of the standard -> value; what is not stated is not there.
    fields
        The standard.
    faults_of_sheet, faults_of_config
        One sentence for each fault.
    doubts
        One sentence for each value that is not used, or that was taken as something else; nothing is refused for them.
    refused
        Columns of which something was stated that a fault speaks against.
    """

    samples: tuple[Sample, ...]
    records: tuple[Mapping[str, str], ...]
    fields: Fields
    faults_of_sheet: tuple[str, ...]
    faults_of_config: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()


def describe_samples(sheet: Path | None, config: Config, *, name: str, resources: Path) -> Described:
    """Read the sample sheet and what the config says of all samples.

    Parameters
    ----------
    sheet
        The sheet; None if the config names none.
    config
        The config.
    name
        Name of its file, for sentences.
    resources
        Folder of the standard, the ontologies and the compounds.
    """
    own = [] if config.compound is None else filter(None, [config.compound.name, config.compound.name_zh])
    standard = read_standard(resources, own=own, organism=ORGANISMS[config.context.species])
    said = stated_by(config, standard, name=name)
    columns = columns_of(standard.fields)
    rows, faults = ((), []) if sheet is None else read_sample_rows(sheet, columns=columns)
    name_of_sheet = shown(Path(config.samples).name)[1:-1]
    records, of_records, of_rows, refused = _records(rows, said.stated, standard, config, name=name_of_sheet)
    samples = tuple(_with_batch(row, record) for row, record in zip(rows, records, strict=True))
    of_sheet = (*faults, *of_records)
    said_of_them = (tuple(said.faults), (*said.doubts, *of_rows), said.refused | refused)
    return Described(samples, records, standard.fields, of_sheet, *said_of_them)


def _records(
    rows: Sequence[SampleRow], stated: Mapping[str, Stated], standard: Standard, config: Config, *, name: str
) -> tuple[tuple[dict[str, str], ...], list[str], list[str], frozenset[str]]:
    records: list[dict[str, str]] = []
    refused: list[tuple[int, Refused]] = []
    doubts: list[tuple[int, Doubt]] = []
    for row in rows:
        record, of_record, of_row = _record(row, stated, standard, config)
        records.append(record)
        refused += [(row.line, fault) for fault in of_record]
        doubts += [(row.line, doubt) for doubt in of_row]
    places = [Place(row.line, row.sample, record, row.texts) for row, record in zip(rows, records, strict=True)]
    said = {fault.column for _, fault in refused}
    across = [found for found in faults_across(places, config.design) if found[1].column not in said]
    faults = sentences_by_value([*refused, *across], name=name)
    return tuple(records), faults, doubts_by_value(doubts, name=name), columns_of_refused(fault for _, fault in refused)


def _record(row: SampleRow, stated: Mapping[str, Stated], standard: Standard, config: Config) -> Read:
    """Return what is stated of one sample, by its row or by the config, and what of it cannot be."""
    is_vehicle, is_treated = (row.sample.arm == arm for arm in (config.design.vehicle, config.design.treated))
    columns = (*(field.column for field in standard.fields if field.column not in OF_ROWS), DOSE)
    typed = {column: row.texts[column] for column in columns if column in row.texts}
    given = compound_given(config, standard) if is_treated else None
    weighed = _dose_to_weigh(typed, config) if is_treated else {}
    arm: Arm = "vehicle" if is_vehicle else "treated" if is_treated else "other"
    record, refused, doubts = read_record(typed | weighed, standard, compound_id=given, arm=arm)
    of_dose = {"dose_value", "dose_unit"} if weighed or any(one.column.startswith(DOSE) for one in refused) else set()
    of_treated = set() if is_treated else {field.column for field in standard.fields if field.arms == "treated"}
    passed_over = ({one.column for one in refused} | {one.column for one in doubts}) - set(record) | of_dose | of_treated
    for column, one in stated.items():
        # of further arms only what the cells are: the compound's own dose and time are said of the headline
        is_of_arm = is_treated or is_vehicle or (row.sample.arm in config.design.named_arms and one.key.startswith("context."))
        if column in passed_over or (one.is_of_compared and not is_of_arm):
            continue
        if not one.is_default and not _is_same(column, record.setdefault(column, one.value), one.value):
            must = f"say what the config says under {one.key}, {shown(one.value)}"
            refused.append(Refused(column, record[column], must, "Correct one of them, or leave one out."))
        record.setdefault(column, one.value)
    if is_vehicle:
        record.setdefault("compound_id", "vehicle")
    return Read(record | {"sample_id": row.sample.sample_id, "donor_id": row.sample.donor_id}, refused, doubts)


def _dose_to_weigh(typed: Mapping[str, str], config: Config) -> dict[str, str]:
    """Return the dose of the config, where the row alone says which salt of it was weighed."""
    dose = None if config.compound is None else config.compound.dose
    is_own = any(column.startswith(DOSE) for column in typed)
    return {DOSE: dose} if dose and "salt_form" in typed and not is_own else {}


def _is_same(column: str, one: str, other: str) -> bool:
    if column == "pretreatment_or_cotreatment":
        return challenge_of(one) - {NONE} == challenge_of(other) - {NONE}
    return one == other


def _with_batch(row: SampleRow, record: Mapping[str, str]) -> Sample:
    """Return the sample with the batch that the config states, where its row names none."""
    if "batch_id" in row.texts or "batch_id" not in record:
        return row.sample
    return row.sample.model_copy(update={"batch_id": record["batch_id"]})
