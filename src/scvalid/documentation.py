"""Schemas, the table of keys and the runnable example, generated from the code, so that they cannot drift from it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scvalid.contracts.claims import ClaimsFile
from scvalid.contracts.compounds import RegisteredCompound
from scvalid.contracts.faults import model_in
from scvalid.errors import SubmissionError, sentence
from scvalid.io.atomic import write_text
from scvalid.settings import Sample
from scvalid.submission.config import Config
from scvalid.submission.samples.fields import DOSE, OF_ROWS, Field, blocking_table, read_fields

SCHEMAS: dict[str, type[BaseModel]] = {
    "config.schema.json": Config,
    "samples.schema.json": Sample,
    "claims.schema.json": ClaimsFile,
}
COLUMNS_START, COLUMNS_END = "<!-- columns that a verdict waits for: made by `make schemas` -->", "<!-- end of columns -->"
KEYS_START, KEYS_END = "<!-- keys: made by `make schemas` -->", "<!-- end of keys -->"


def schema_texts(fields: Sequence[Field]) -> dict[str, str]:
    """Return file name -> JSON schema of everything that a lab writes, with the columns of the standard."""
    schemas = {name: model.model_json_schema() for name, model in SCHEMAS.items()}
    described = {field.column: _schema_of(field) for field in fields}
    described[DOSE] = {"type": "string", "description": "dose_value and dose_unit in one cell, for example 10 uM"}
    schemas["samples.schema.json"]["properties"] = described | schemas["samples.schema.json"]["properties"]
    of_all = {column: schema for column, schema in described.items() if column not in OF_ROWS}
    schemas["config.schema.json"]["properties"]["metadata"] |= {"properties": of_all, "additionalProperties": False}
    return {name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


def key_table() -> str:
    """Return a Markdown table of every key of the config, its default and its meaning."""
    rows = [f"| `{key}` | {default} | {meaning} |" for key, default, meaning in _keys(Config, "")]
    return "\n".join(["| key | default | meaning |", "|---|---|---|", *rows])


def documentation_texts(manual: str, *, resources: Path) -> dict[str, str]:
    """Return path below the repository's root -> text of every generated file.

    Parameters
    ----------
    manual
        Text of ``config/README.md``, whose tables stand between marks.
    resources
        Folder of the standard.

    Raises
    ------
    SubmissionError
        If the marks are missing.
    """
    from scvalid.preflight import Preflight
    from scvalid.reporting.compute.published import published_schema
    from scvalid.simulation.settings import SimulationSettings
    from scvalid.simulation.step import submission_texts

    fields = read_fields(resources)
    manual = _between(manual, KEYS_START, KEYS_END, key_table())
    manual = _between(manual, COLUMNS_START, COLUMNS_END, blocking_table(fields))
    example = submission_texts(SimulationSettings(), is_embedded=True)
    return {
        **{f"config/{name}": text for name, text in (schema_texts(fields) | dict(example)).items()},
        "config/README.md": manual,
        "resources/compounds/compounds.schema.json": json.dumps(RegisteredCompound.model_json_schema(), indent=1) + "\n",
        "docs/check.schema.json": json.dumps(Preflight.model_json_schema(), indent=1) + "\n",
        "docs/verdicts.schema.json": json.dumps(published_schema(), indent=1) + "\n",
    }


def write_documentation(root: Path) -> None:
    """Write every generated file of the repository."""
    manual = (root / "config/README.md").read_text(encoding="utf-8")
    for path, text in documentation_texts(manual, resources=root / "resources").items():
        write_text(root / path, text)


def _between(manual: str, start: str, end: str, table: str) -> str:
    """Return the manual with a table between two marks."""
    before, found_start, rest = manual.partition(start)
    _, found_end, after = rest.partition(end)
    if not found_start or not found_end:
        raise SubmissionError([sentence("config/README.md", f"hold {start} and {end}", "a text without", "Put them back.")])
    return f"{before}{start}\n{table}\n{end}{after}"


def _schema_of(field: Field) -> dict[str, object]:
    """Return the schema of a column: text in a sheet, whatever it holds."""
    parts = (field.requirement, field.kind, field.allowed, field.unit, field.why)
    return {"type": "string", "description": "; ".join(part for part in parts if part)}


def _keys(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        if inner is None:
            yield prefix + name, _default(field), (field.description or "").replace("|", "\\|")
        else:
            yield from _keys(inner, f"{prefix}{name}.")


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = list(field.default) if isinstance(field.default, tuple) else field.default
    return f"`{json.dumps(value)}`"
