"""The compound library read from its sheet, with one sentence for each fault."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.sheets import SheetRow, read_sheet_rows
from scvalid.registry.names import plain_name

IN_RESOURCES = Path("compounds/compounds.tsv")
"""Where the library lies below ``resources/``."""
COLUMNS = tuple(RegisteredCompound.model_fields)
REQUIRED = tuple(name for name, field in RegisteredCompound.model_fields.items() if field.is_required())
_UNIQUE = ("compound_id", "inchikey", "pubchem_cid", "cas", "chebi")


def read_compounds(source: Path) -> tuple[RegisteredCompound, ...]:
    """Read the compound library, in the order of its rows.

    Raises
    ------
    SubmissionError
        With one sentence for every fault: where it stands, what must be there, what was got.
    """
    name = shown(source.name)[1:-1]
    rows = read_sheet_rows(source, required=REQUIRED, known=COLUMNS)
    faults: list[str] = []
    compounds = {row.line: compound for row in rows if (compound := _compound(row, name, faults))}
    faults += _faults_across(compounds, name)
    if not rows:
        faults.append(sentence(name, "hold at least one compound", "a header alone", "Add a row for each compound."))
    if faults:
        raise SubmissionError(faults)
    return tuple(compounds.values())


def _compound(row: SheetRow, name: str, faults: list[str]) -> RegisteredCompound | None:
    try:
        return RegisteredCompound.model_validate(row.values)
    except ValidationError as error:
        faults += [_sentence_of(fault, row, name) for fault in error.errors(include_url=False)]
        return None


def _sentence_of(fault: ErrorDetails, row: SheetRow, name: str) -> str:
    column = str(fault["loc"][0]) if fault["loc"] else ""
    if fault["type"] == "missing":
        return sentence(f"{name} row {row.line}, column {shown(column)},", "be given", "nothing", "Fill it in.")
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Input should ").removeprefix("must ")
    must = message.replace("String should ", "").replace("match pattern", "have the form")
    if not column:
        given = shown(row.values.get("compound_id", ""))
        return sentence(f"{name} row {row.line}", must, f"another in the row of {given}", "Correct the row; see its README.")
    must = must if must.startswith(("be ", "have ")) else f"be valid ({must})"
    got = shown(row.values.get(column, ""))
    return sentence(f"{name} row {row.line}, column {shown(column)},", must, got, "Change it, or leave the cell empty.")


def _faults_across(compounds: dict[int, RegisteredCompound], name: str) -> Iterator[str]:
    """Say which identifiers and names stand for two compounds: a search for them could not tell which is meant."""
    for column in _UNIQUE:
        yield from _faults_of_repeats([(line, str(getattr(c, column) or "")) for line, c in compounds.items()], column, name)
    names = [(line, plain) for line, c in compounds.items() for plain in sorted({plain_name(n) for n in names_of(c)})]
    yield from _faults_of_repeats(names, "name", name)


def _faults_of_repeats(values: Sequence[tuple[int, str]], column: str, name: str) -> Iterator[str]:
    first: dict[str, int] = {}
    for line, value in values:
        if value and first.setdefault(value, line) != line:
            got = f"{shown(value)}, which stands in row {first[value]} too"
            yield sentence(f"{name} row {line}, column {column!r},", "differ from row to row", got, "Correct one of them.")


def names_of(compound: RegisteredCompound) -> tuple[str, ...]:
    """Return every name of a compound in any language, the English one first."""
    return (compound.name, *compound.synonyms, compound.name_zh, *compound.name_zh_synonyms, compound.pinyin)
