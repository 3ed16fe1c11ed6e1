"""What a submission leaves unsaid, and what that costs: a verdict that is not decisive, a warning, or a note."""

from collections.abc import Iterator, Mapping, Sequence

from scvalid.contracts.verdicts import Code, Reason
from scvalid.errors import shown
from scvalid.settings.vocabulary import MSC, fault_of_stromal_term
from scvalid.submission.model import Submission
from scvalid.submission.samples.consistency import CONTROLS
from scvalid.submission.samples.doses import MOLAR, NO_VEHICLE
from scvalid.submission.samples.fields import Field
from scvalid.submission.samples.quantities import number_in
from scvalid.submission.samples.values import DATE

_OF_A_COMPOUND = frozenset({"compound_id", "dose_value", "dose_unit", "vehicle", "vehicle_pct_v_v"})
_CORD = frozenset({"UBERON:0002331", "UBERON:0003422", "UBERON:0012168", "UBERON:0001987", "UBERON:0000305"})
MAX_NAMED = 12
MAX_FIRST = 3
_SHARES = ("purity_pct", "viability_pct", "confluence_pct", "isct_flow_cd73", "cd90", "cd105")
"""Percentages that are far above one, so that 0.98 is a share of one that was meant as 98 %."""
Record = Mapping[str, str]


def caps_of_records(submission: Submission) -> tuple[Reason, ...]:
    """Return why no verdict is decisive: columns that a verdict waits for are not stated of all compared samples."""
    lacking = _unstated(submission, [field for field in submission.fields if field.alternatives])
    if not lacking:
        return ()
    names = dict.fromkeys(" or ".join(field.alternatives) for field in lacking)
    return (Reason(code=Code.UNSTATED_METADATA, values={"fields": ", ".join(names)}),)


def warnings_of_records(submission: Submission) -> list[str]:
    """Return what may change the meaning of a submission that nothing speaks against, the weightiest first."""
    found = [*_of_waited_for(submission), *_of_arms(submission), *_of_doses(submission), *_of_context(submission)]
    return [*found, *_of_cells(submission), *submission.doubts, *_of_typing(submission)]


def notes_of_records(submission: Submission) -> list[str]:
    """Return what else the standard asks for and nobody stated; no verdict waits for it."""
    return [*_of_required(submission), *_of_recommended(submission)]


def compared_records(submission: Submission, *, arm: str | None = None) -> list[Record]:
    """Return the records of the samples of one arm, or of both compared arms."""
    design = submission.config.design
    arms = (design.treated, design.vehicle) if arm is None else (arm,)
    pairs = zip(submission.samples, submission.records, strict=True)
    return [record for sample, record in pairs if sample.arm in arms]


def _unstated(submission: Submission, fields: Sequence[Field]) -> list[Field]:
    """Return the columns that are not stated of every compared sample they apply to; what is refused was stated."""
    treated, both = compared_records(submission, arm=submission.config.design.treated), compared_records(submission)
    is_without_compound = submission.config.compound is None and submission.config.treatment is not None
    return [
        field
        for field in fields
        if not (is_without_compound and field.column in _OF_A_COMPOUND)
        and submission.refused.isdisjoint(field.alternatives or (field.column,))
        and not all(
            any(name in record for name in field.alternatives or (field.column,))
            for record in (treated if field.arms == "treated" else both)
        )
    ]


def _required(submission: Submission, level: str) -> list[Field]:
    """Return the columns of a requirement that applies to these samples and that a verdict does not wait for."""
    is_human = submission.config.context.species == "human"
    is_cord = any(record.get("source_tissue_ontology_term_id") in _CORD for record in submission.records)
    held = {f"{level}": True, f"{level}: human": is_human, f"{level}: cord or placenta": is_cord}
    return [field for field in submission.fields if held.get(field.requirement, False) and not field.alternatives]


def _of_waited_for(submission: Submission) -> Iterator[str]:
    """Count them and name the first: each claim that waits for them lists them all."""
    for cap in caps_of_records(submission):
        columns = str(cap.values["fields"]).split(", ")
        more = f" and {len(columns) - MAX_FIRST} more" if len(columns) > MAX_FIRST else ""
        verb = "is" if len(columns) == 1 else "are"
        yield (
            f"no verdict will be decisive until {', '.join(columns[:MAX_FIRST])}{more} {verb} stated, in the sample sheet or "
            "once under 'metadata' in the config (config/README.md)."
        )


def _of_required(submission: Submission) -> Iterator[str]:
    if missing := [field.column for field in _unstated(submission, _required(submission, "required"))]:
        yield f"the standard also asks for {_named(missing)}: not stated."


def _of_recommended(submission: Submission) -> Iterator[str]:
    if missing := _unstated(submission, _required(submission, "recommended")):
        yield f"{len(missing)} recommended columns are not stated; resources/metadata_fields.tsv lists them."


def _of_arms(submission: Submission) -> Iterator[str]:
    design = submission.config.design
    treated, vehicle = (compared_records(submission, arm=arm) for arm in (design.treated, design.vehicle))
    for column in ("vehicle", "vehicle_pct_v_v"):
        one, other = ({r[column] for r in records if column in r} for records in (treated, vehicle))
        if one and other and one != other:
            got = f"{_list(one)} in the treated arm, {_list(other)} in the vehicle arm"
            yield f"the column {column} must be equal in both arms, else compound and vehicle cannot be told apart: {got}."
    if any(record.get("compound_id") == "untreated" for record in vehicle) and any(
        record.get("vehicle", NO_VEHICLE) != NO_VEHICLE for record in treated
    ):
        yield "the vehicle arm is untreated: what the vehicle itself does is not controlled."


def _of_doses(submission: Submission) -> Iterator[str]:
    records = compared_records(submission, arm=submission.config.design.treated)
    doses = {f"{r['dose_value']} {r['dose_unit']}" for r in records if "dose_value" in r and "dose_unit" in r}
    if len(doses) > 1:
        yield f"the treated arm holds several doses ({_list(doses)}); they are compared with the vehicle as one."
    is_known = "compound_id" not in submission.refused
    for unit in sorted({r["dose_unit"] for r in records if is_known and r.get("dose_unit", MOLAR) != MOLAR}):
        yield f"a dose in {shown(unit)} is kept as it is: without a molar mass it cannot be said in {MOLAR}."
    named = {r["compound_id"] for r in records if "compound_id" in r} - set(CONTROLS)
    for name in sorted(n for n in named if not (n[:3].isupper() and n[3:].isdigit())):
        yield f"the compound {shown(name)} is not in the library: no identifier and no molar mass is checked."


def _of_context(submission: Submission) -> Iterator[str]:
    """A claim is held against the context of the config, so what the rows know of it must stand there."""
    context, records = submission.config.context, compared_records(submission)
    for key, column, found in (
        ("medium", "induction_medium", context.medium),
        ("induction", "pretreatment_or_cotreatment", context.induction),
    ):
        said = {record.get(column) for record in records}
        if found is None and len(said) == 1 and (value := next(iter(said))) is not None:
            yield f"all rows say {column} {shown(value)}: write context.{key} too, for claims are held against it."


def _of_cells(submission: Submission) -> Iterator[str]:
    """Cells that the config calls MSC must be said to be such."""
    if submission.config.context.cell_type != MSC:
        return
    column = "tissue_ontology_term_id"
    for term in sorted({record[column] for record in submission.records if column in record}):
        if fault := fault_of_stromal_term(term):
            fix = "Name the cells, for example CL:0000134 (mesenchymal stem cell), or correct context.cell_type."
            yield f"{column} {shown(term)[1:-1]} {fault}, but context.cell_type is MSC. {fix}"


def _of_typing(submission: Submission) -> Iterator[str]:
    texts = [field.column for field in submission.fields if field.kind == "text"]
    for column in texts:
        dates = sorted({r[column] for r in submission.records if column in r and _is_made_date(r[column])})
        if dates:
            yield f"column {column} holds {shown(dates[0])}: if a spreadsheet made a date of a name, correct it."
    if any(0 < _number(record.get("oxygen_pct")) <= 0.21 for record in submission.records):
        yield "oxygen_pct is below 0.21 %: if 0.21 was meant as a share, write 21."
    for column in _SHARES:
        low = sorted({r[column] for r in submission.records if 0 < _number(r.get(column)) <= 1})
        if low:
            yield f"{column} {shown(low[0])[1:-1]} is taken as percent: if it was meant as a share of 1, write it times 100."


def _is_made_date(text: str) -> bool:
    return DATE.fullmatch(text) is not None and any(c.isalpha() for c in text)


def _number(text: str | None) -> float:
    return float(number_in(text) or 0) if text else 0.0


def _list(values: set[str]) -> str:
    return ", ".join(shown(value)[1:-1] for value in sorted(values)[:MAX_NAMED])


def _named(columns: Sequence[str]) -> str:
    more = len(columns) - MAX_NAMED
    return ", ".join(columns[:MAX_NAMED]) + (f" and {more} more (resources/metadata_fields.tsv)" if more > 0 else "")
