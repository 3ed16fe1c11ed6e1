"""Schemas and the table of keys, generated from the models, so that they cannot drift from the code."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scvalid.contracts.claims import ClaimsFile
from scvalid.io.atomic import write_text
from scvalid.settings import Sample
from scvalid.submission.config import Config, model_in

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


def write_documentation(out: Path) -> None:
    """Write the schemas into a folder, and the table of keys between its marks in the README there."""
    for name, text in schema_texts().items():
        write_text(out / name, text)
    manual = out / "README.md"
    text = manual.read_text(encoding="utf-8")
    before, rest = text.split(KEYS_START)
    write_text(manual, f"{before}{KEYS_START}\n{key_table()}\n{KEYS_END}{rest.split(KEYS_END)[1]}")


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
