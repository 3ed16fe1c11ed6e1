"""Schemas, the table of keys and the runnable example, generated from the code, so that they cannot drift from it."""

import json
from collections.abc import Iterator
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

SCHEMAS: dict[str, type[BaseModel]] = {
    "config.schema.json": Config,
    "samples.schema.json": Sample,
    "claims.schema.json": ClaimsFile,
}
KEYS_START, KEYS_END = "<!-- keys: made by `make schemas` -->", "<!-- end of keys -->"


def schema_texts() -> dict[str, str]:
    """Return file name -> JSON schema of everything that a lab writes."""
    return {name: json.dumps(model.model_json_schema(), indent=1) + "\n" for name, model in SCHEMAS.items()}


def key_table() -> str:
    """Return a Markdown table of every key of the config, its default and its meaning."""
    rows = [f"| `{key}` | {default} | {meaning} |" for key, default, meaning in _keys(Config, "")]
    return "\n".join(["| key | default | meaning |", "|---|---|---|", *rows])


def documentation_texts(manual: str) -> dict[str, str]:
    """Return path below the repository's root -> text of every generated file.

    Parameters
    ----------
    manual
        Text of ``config/README.md``, whose table of keys stands between two marks.

    Raises
    ------
    SubmissionError
        If the marks are missing.
    """
    from scvalid.reporting.compute.published import published_schema
    from scvalid.simulation.settings import SimulationSettings
    from scvalid.simulation.step import submission_texts

    before, start, rest = manual.partition(KEYS_START)
    _, end, after = rest.partition(KEYS_END)
    if not start or not end:
        where = "config/README.md"
        raise SubmissionError([sentence(where, f"hold {KEYS_START} and {KEYS_END}", "a text without", "Put them back.")])
    example = submission_texts(SimulationSettings(), is_embedded=True)
    return {
        **{f"config/{name}": text for name, text in (schema_texts() | dict(example)).items()},
        "config/README.md": f"{before}{start}\n{key_table()}\n{end}{after}",
        "resources/compounds/compounds.schema.json": json.dumps(RegisteredCompound.model_json_schema(), indent=1) + "\n",
        "docs/verdicts.schema.json": json.dumps(published_schema(), indent=1) + "\n",
    }


def write_documentation(root: Path) -> None:
    """Write every generated file of the repository."""
    for path, text in documentation_texts((root / "config/README.md").read_text(encoding="utf-8")).items():
        write_text(root / path, text)


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
