"""The standard of what is to be said of a sample: its columns, what each may hold, and which of them a verdict waits for."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field as Described
from pydantic import ValidationError

from scvalid.errors import ContractError, sentence
from scvalid.io.sheets import read_sheet_rows
from scvalid.settings import Frozen

IN_RESOURCES = Path("metadata_fields.tsv")
"""Where the table lies below ``resources/``."""
DOSE = "dose"
"""A column beside the standard: number and unit in one cell."""
ONE_OF = "one of: "
OF_ROWS = ("sample_id", "donor_id")
"""Columns that differ from row to row by their nature."""
Kind = Literal["text", "enum", "number", "integer", "term", "terms", "compound", "dose", "vehicle", "challenge", "medium"]


class Field(Frozen):
    """One column of the standard, a row of ``metadata_fields.tsv``."""

    column: str = Described(pattern=r"^[A-Za-z][A-Za-z0-9_]{1,59}$")
    level: Literal["study", "dataset", "donor", "sample", "library", "cell"]
    kind: Kind
    unit: str = ""
    allowed: str = ""
    """Words or prefixes of ontologies joined by ``|``, or bounds such as ``0..100``."""
    requirement: str = Described(pattern=r"^(required|recommended|optional)(: (human|cord or placenta))?$")
    blocks_verdict: str = Described(pattern=r"^(yes|warn|no|one of: [A-Za-z_ ]+)$")
    arms: Literal["all", "treated"] = "all"
    """Whether it is to be said of both compared arms, or of the treated one alone."""
    config_key: str = ""
    """Key of the config that states it too."""
    why: str = ""
    standard: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The values or prefixes that are offered, without bounds."""
        return tuple(word for word in self.allowed.split("|") if word and ".." not in word)

    @cached_property
    def bounds(self) -> tuple[float, float] | None:
        """Least and greatest number."""
        found = next((part for part in self.allowed.split("|") if ".." in part), None)
        low, _, high = (found or "").partition("..")
        return (float(low), float(high)) if found else None

    @cached_property
    def alternatives(self) -> tuple[str, ...]:
        """The columns of which a verdict waits for one; empty if it does not wait for this one."""
        if self.blocks_verdict == "yes":
            return (self.column,)
        return tuple(self.blocks_verdict.removeprefix(ONE_OF).split()) if self.blocks_verdict.startswith(ONE_OF) else ()


_SAID_AS: dict[Kind, str] = {
    "text": "a name", "enum": "one of", "medium": "one of", "number": "a number,", "integer": "a whole number,",
    "term": "a term of", "terms": "terms of", "compound": "a compound of the library, or",
    "dose": "number or unit, converted to umol/L", "vehicle": "DMSO, ethanol, none ...",
    "challenge": "when and what, such as co H2O2:",
}  # fmt: skip
Fields = tuple[Field, ...]


def read_fields(resources: Path) -> Fields:
    """Read the standard, in the order of its rows.

    Raises
    ------
    SubmissionError, ContractError
        If the table is missing or damaged.
    """
    source = resources / IN_RESOURCES
    required = [name for name, field in Field.model_fields.items() if field.is_required()]
    fields = []
    for row in read_sheet_rows(source, required=required, known=tuple(Field.model_fields)):
        try:
            fields.append(Field.model_validate(row.values))
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            where = f"{source.name} row {row.line}, column {'.'.join(map(str, fault['loc']))},"
            raise ContractError(sentence(where, "hold what the column promises", fault["msg"], "Correct it.")) from None
    return tuple(fields)


def columns_of(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return the columns that a sheet may have beside those it must have."""
    return (*(field.column for field in fields), DOSE)


def blocking_table(fields: Sequence[Field]) -> str:
    """Return a Markdown table of what a verdict waits for, and which key of the config says it too."""
    rows = {field.alternatives: field for field in reversed(fields) if field.alternatives}
    lines = [
        f"| {' or '.join(f'`{name}`' for name in names)} | {_meaning(field)} | {_key(names, fields)} |"
        for names, field in sorted(rows.items(), key=lambda item: [f.column for f in fields].index(item[1].column))
    ]
    return "\n".join(["| column | holds | key of the config that says it |", "|---|---|---|", *lines])


def _meaning(field: Field) -> str:
    offered = field.allowed.replace("..", " to ").replace("|", ", ")
    arms = "of the treated arm: " if field.arms == "treated" else ""
    return arms + " ".join(part for part in (_SAID_AS[field.kind], offered, field.unit) if part)


def _key(names: Sequence[str], fields: Sequence[Field]) -> str:
    keys = [f"`{field.config_key}`" for field in fields if field.column in names and field.config_key]
    of_all = "" if names[0] in OF_ROWS else f"`metadata.{names[0]}`"
    return " or ".join(dict.fromkeys(keys)) or of_all
