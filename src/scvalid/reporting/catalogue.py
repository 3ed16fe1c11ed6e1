"""The one catalogue of the sentences and words that a reader sees, in one language."""

import json
from collections.abc import Mapping
from importlib import resources
from string import Formatter

from scvalid.errors import ContractError


class Catalogue:
    """Texts by key, each with named placeholders.

    Parameters
    ----------
    language
        Language tag of the texts, as it stands in ``<html lang>``.
    texts
        Key -> text with ``{placeholders}``.
    """

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = dict(texts)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> list[str]:
        """Return every key, sorted."""
        return sorted(self._texts)

    def placeholders(self, key: str) -> set[str]:
        """Return the names that the text of ``key`` is to be filled with."""
        return {name for _, name, _, _ in Formatter().parse(self._found(key)) if name}

    def text(self, key: str, /, **values: object) -> str:
        """Return the text of ``key`` with its placeholders filled.

        Raises
        ------
        ContractError
            If the key is unknown, or a placeholder has no value: a report never shows half a sentence.
        """
        missing = sorted(self.placeholders(key) - values.keys())
        if missing:
            msg = f"catalogue {self.language}: text '{key}' needs a value for {', '.join(missing)}"
            raise ContractError(msg)
        return self._found(key).format_map(values)

    def _found(self, key: str) -> str:
        if key not in self._texts:
            msg = f"catalogue {self.language}: there is no text '{key}'; add it to strings/{self.language}.json"
            raise ContractError(msg)
        return self._texts[key]


def load_catalogue(language: str) -> Catalogue:
    """Read the catalogue of one language from the package; titles of papers are the same in each."""
    return Catalogue(language, _read("references") | _read(language))


def _read(name: str) -> dict[str, str]:
    source = resources.files(__package__) / "strings" / f"{name}.json"
    return dict(json.loads(source.read_text(encoding="utf-8")))
