"""JSON and YAML documents and their pydantic models."""

import hashlib
import json
import os
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scvalid.errors import ContractError, SubmissionError, sentence, shown
from scvalid.io.atomic import write_text
from scvalid.io.bounded import read_bounded

Model = TypeVar("Model", bound=BaseModel)
MAX_YAML_BYTES = 5_000_000
MAX_YAML_DEPTH = 50
MAX_NUMBER = 1e15
"""Of a JSON document of somebody else; no number of a run comes near it."""
# what PyYAML raises on a value that is no such date or number, such as 2024-13-45
_VALUE_FAILURES = (ValueError, TypeError, LookupError, AttributeError, OverflowError)


class _PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, closed to keys that are written twice: YAML would silently keep the last of them."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        """Return the mapping of a node; refuse it if a key stands twice."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            first: set[object] = set()
            for key, _ in node.value:
                name = self.construct_object(key)
                if name in first:
                    raise yaml.constructor.ConstructorError(None, None, f"the key {shown(name)} twice", key.start_mark)
                first.add(name)
        return mapping


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


def parse_strictly(raw: bytes) -> object:
    """Return the values of a JSON document that anybody may have written.

    Raises
    ------
    ValueError
        With what is wrong: other bytes than UTF-8, no JSON, nesting without end, a key that stands twice in one place, a
        number that is none or beyond ``MAX_NUMBER``.
    """
    try:
        text = raw.decode("utf-8")
        return json.loads(text, object_pairs_hook=_once_each, parse_int=_bounded, parse_float=_bounded, parse_constant=_bounded)
    except UnicodeDecodeError:
        msg = "other bytes than UTF-8"
    except RecursionError:
        msg = "lists within lists without end"
    raise ValueError(msg)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        msg = f"the key {shown(next(name for name in names if names.count(name) > 1))} twice"
        raise ValueError(msg)
    return found


def _bounded(text: str) -> float:
    value = float(text)
    if not abs(value) <= MAX_NUMBER:
        msg = f"the number {shown(text)}"
        raise ValueError(msg)
    return value if set(text) & set(".eE") else int(text)


def read_yaml(source: Path) -> object:
    """Read a YAML document that a person wrote, as plain values.

    Raises
    ------
    SubmissionError
        If the file is missing, too large, not UTF-8 or not YAML, uses anchors, or has a key twice in one place.
    """
    name = shown(source.name)[1:-1]
    try:
        raw = read_bounded(source, limit=MAX_YAML_BYTES)
        if len(raw) > MAX_YAML_BYTES:
            raise SubmissionError([sentence(name, "be below 5 MB", "more", "Split the file.")])
        text = raw.decode("utf-8-sig")
        _refuse_what_expands(text, name)
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506  a subclass of the safe loader
    except FileNotFoundError:
        fault = sentence(shown(source), "exist", "no such file", "Check the path in the config.")
    except UnicodeDecodeError:
        fault = sentence(shown(source), "be a readable UTF-8 file", "other bytes", "Save it as UTF-8 text.")
    except OSError as error:
        got = shown(error.strerror or type(error).__name__)
        fault = sentence(shown(source), "be a readable UTF-8 file", got, "Check the path.")
    except yaml.YAMLError as error:
        problem = shown(getattr(error, "problem", None) or "a character that YAML does not allow")[1:-1]
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        fault = sentence(name, "be valid YAML", f"{problem}{line}", "Check keys, indentation, colons and quotes there.")
    except _VALUE_FAILURES as error:
        got = f"one that cannot be read, {shown(error)}"
        fault = sentence(name, "hold numbers and dates that exist", got, "Correct it, or put quotes around it.")
    raise SubmissionError([fault])


def _refuse_what_expands(text: str, name: str) -> None:
    """Refuse aliases, which make a few bytes expand without bound, and nesting that no reader survives."""
    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise SubmissionError([sentence(name, "be plain YAML", "an alias (*name)", "Write the value out.")])
        if depth > MAX_YAML_DEPTH:
            got = f"more than {MAX_YAML_DEPTH} levels"
            raise SubmissionError([sentence(name, "be plain YAML", got, "Check brackets and indentation.")])


def sha256_of(source: Path, *, files: Iterable[Path] | None = None) -> str:
    """Return the sha256 of a file, or of the sorted files of a folder (names and bytes).

    Parameters
    ----------
    source
        The file or folder.
    files
        The files of the folder that count; all of them if nothing is said.
    """
    digest = hashlib.sha256()
    is_folder = source.is_dir()
    inside = (p for p in source.rglob("*") if p.is_file()) if files is None else files
    for part in sorted(inside) if is_folder else [source]:
        if is_folder:
            # a name need not be UTF-8: archives from elsewhere leave the bytes of another encoding
            digest.update(os.fsencode(part.relative_to(source).as_posix()) + b"\0")
        with part.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
