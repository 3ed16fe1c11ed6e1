"""The faults that pydantic finds in a document that a person wrote, as sentences."""

from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scvalid.contracts.formulae import INCHIKEY
from scvalid.errors import nearest, sentence, shown
from scvalid.settings.vocabulary.names import ONE_LINE, SLUG

_WHOLE, _NUMBER, _FLAG = "be a whole number", "be a number", "be true or false"
_PLAIN_WORDS = {
    "model_type": "hold keys and values", "tuple_type": "be a list", "string_type": "be text",
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_from_float": _WHOLE, "int_parsing_size": _WHOLE,
    "float_type": _NUMBER, "float_parsing": _NUMBER, "finite_number": _NUMBER, "bool_type": _FLAG, "bool_parsing": _FLAG,
    "invalid_key": "have a name of letters as its key",
}  # fmt: skip
_WORDS_OF_PATTERNS = {
    SLUG: "be 1 to 64 of the letters a to z, digits, '.', '_' and '-', the first a letter or digit",
    ONE_LINE: "be one line without control characters",
    INCHIKEY: "be an InChIKey: 14, 10 and 1 capital letters, joined by '-'",
}


def sentences_of(error: ValidationError, model: type[BaseModel], *, name: str, values: object = None) -> list[str]:
    """Return one sentence for each fault that pydantic found in a document.

    Parameters
    ----------
    error
        What pydantic raised.
    model
        The model of the document.
    name
        Name of the document.
    values
        The document; an element of a list that has an id is then called by it, not by its number.
    """
    faults = error.errors(include_url=False)
    # a list whose only element is at fault counts as empty for pydantic, which nobody wrote
    echoes = [f for f in faults if f["type"] == "too_short" and any(_is_within(g["loc"], f["loc"]) for g in faults)]
    return [_sentence_of(fault, model, name, values) for fault in faults if fault not in echoes]


def _is_within(place: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def _path_of(place: tuple[int | str, ...], values: Any) -> str:
    """Return the place as a person finds it: ids for numbers where there are ids, no number where there is no list."""
    steps: list[str] = []
    for step in place:
        inner = values[step] if _has(values, step) else None
        name = inner.get("id") if isinstance(step, int) and isinstance(inner, dict) else None
        if not (isinstance(step, int) and isinstance(values, str)):
            steps.append(name if isinstance(name, str) and name else str(step))
        values = inner
    return ".".join(steps)


def _has(values: Any, step: int | str) -> bool:
    return step in values if isinstance(values, dict) else isinstance(values, list) and isinstance(step, int)


def _sentence_of(fault: ErrorDetails, model: type[BaseModel], name: str, values: object) -> str:
    path = _path_of(fault["loc"], values)
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
    if fault["type"] == "model_type" and not fault["loc"]:
        got = "nothing" if fault["input"] is None else "a list" if isinstance(fault["input"], list) else "other text"
    if fault["type"] in _PLAIN_WORDS:
        return sentence(where, _PLAIN_WORDS[fault["type"]], got, "Change it; config/README.md shows how it is written.")
    if fault["type"] == "string_pattern_mismatch" and (words := _WORDS_OF_PATTERNS.get(fault["ctx"]["pattern"])):
        return sentence(where, words, got, "Change it.")
    if fault["type"] == "too_long":
        got = "a longer list"
    message = _message_of(fault)
    must = message.removeprefix("must ") if message.startswith(("be ", "have ", "must ")) else f"be valid ({message})"
    return sentence(where, must, got, "Change the value; config/README.md says what is allowed.")


def _message_of(fault: ErrorDetails) -> str:
    if fault["type"] != "too_long":
        return fault["msg"].removeprefix("Value error, ").removeprefix("Input should ")
    # what a list holds is called by its key, where that is a plural
    key, numbers = str(fault["loc"][-1]) if fault["loc"] else "", fault["ctx"]
    things = key.replace("_", " ") if key.endswith("s") else "entries"
    return f"must name at most {numbers['max_length']} {things}, not {numbers['actual_length']}"


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
