"""JSON and YAML documents and their pydantic models."""

import hashlib
import json
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scvalid.errors import ContractError, SubmissionError, sentence, shown
from scvalid.io.atomic import write_text

Model = TypeVar("Model", bound=BaseModel)
MAX_YAML_BYTES = 5_000_000


def write_model(target: Path, model: BaseModel) -> None:
    """Write a model as indented JSON; the same model gives the same bytes."""
    write_text(target, json.dumps(model.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n")


def read_model(source: Path, kind: type[Model]) -> Model:
    """Read a JSON document that an earlier stage wrote.

    Raises
    ------
    ContractError
        If the document does not hold what the model promises.
    """
    try:
        return kind.model_validate_json(source.read_bytes())
    except ValidationError as error:
        msg = f"{source.name}: {error}"
        raise ContractError(msg) from error


def read_yaml(source: Path) -> object:
    """Read a YAML document that a person wrote, as plain values.

    Raises
    ------
    SubmissionError
        If the file is missing, too large, not UTF-8 or not YAML, or uses anchors.
    """
    try:
        if source.stat().st_size > MAX_YAML_BYTES:
            raise SubmissionError([sentence(source.name, "be below 5 MB", "more", "Split the file.")])
        text = source.read_text(encoding="utf-8-sig")
        # an alias can make a few bytes expand without bound; nobody needs one here
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise SubmissionError([sentence(source.name, "be plain YAML", "an alias (*name)", "Write the value out.")])
        return yaml.safe_load(text)
    except FileNotFoundError:
        fault = sentence(shown(source), "exist", "no such file", "Check the path in the config.")
    except (OSError, UnicodeDecodeError) as error:
        fault = sentence(shown(source), "be a readable UTF-8 file", type(error).__name__, "Check the file.")
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "a syntax error"
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        fault = sentence(source.name, "be valid YAML", f"{problem}{line}", "Check indentation, colons and quotes there.")
    raise SubmissionError([fault])


def sha256_of(source: Path) -> str:
    """Return the sha256 of a file, or of the sorted files of a folder (names and bytes)."""
    digest = hashlib.sha256()
    for part in sorted(p for p in source.rglob("*") if p.is_file()) if source.is_dir() else [source]:
        if source.is_dir():
            digest.update(part.relative_to(source).as_posix().encode() + b"\0")
        with part.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
