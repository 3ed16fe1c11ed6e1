"""AnnData as a zarr store: a folder of format 2 or 3. Its descriptions are read here and checked before zarr opens an array."""

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scvalid.errors import shown
from scvalid.intake.readers.arrays.h5ad import H5adReader
from scvalid.intake.readers.arrays.nodes import (
    MAX_MEMBERS,
    Array,
    Group,
    amount,
    check_column,
    check_names,
)
from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.zarr.chunks import MAX_JSON_BYTES, check_chunks
from scvalid.intake.readers.zarr.metadata import describe_array

ROOT_FILES = (".zgroup", ".zattrs", ".zmetadata", "zarr.json")
_MAX_DEPTH = 8
_FIX = "Copy the store without links, for example with cp -rL."


def open_zarr(folder: Path) -> H5adReader:
    """Return the reader of an AnnData store.

    Raises
    ------
    Refusal
        If the folder holds zarr but no AnnData.
    """
    root = ZarrGroup(folder, root=folder)
    if "obs" not in root or "var" not in root:
        known = ", ".join(shown(name) for name in root.names()[:10]) or "nothing"
        raise Refusal(must="be AnnData, with obs and var", got=f"a zarr store with {known}", fix="Write it with write_zarr.")
    return H5adReader(root)


class ZarrGroup(Group):
    """A folder with the description of a group."""

    def __init__(self, folder: Path, *, root: Path) -> None:
        self._folder, self._root = folder, root
        self.path = "/" + folder.relative_to(root).as_posix().removeprefix(".")
        self._attributes = _attributes(folder)

    def names(self) -> list[str]:
        """Return the names of the members, in the order of the alphabet: a folder has none of its own."""
        found = []
        for i, path in enumerate(self._folder.iterdir()):
            if i > MAX_MEMBERS:
                msg = f"{self.path} has more than {MAX_MEMBERS} members"
                raise ValueError(msg)
            if path.is_dir() and _kind(path):
                found.append(path.name)
        return sorted(found)

    def child(self, name: str) -> Group | Array:
        """Return a member that lies in the store itself."""
        path = self._folder / name
        if "/" in name or "\\" in name or "\0" in name or name in ("", ".", "..") or not path.is_dir():
            msg = f"{self.path} has no {name}"
            raise ValueError(msg)
        if path.is_symlink() or len(path.relative_to(self._root).parts) > _MAX_DEPTH:
            msg = f"{name} is a link" if path.is_symlink() else f"{name} lies too deep"
            raise ValueError(msg)
        kind = _kind(path)
        if kind == "":
            msg = f"{self.path} has no {name}"
            raise ValueError(msg)
        return ZarrArray(path, root=self._root) if kind == "array" else ZarrGroup(path, root=self._root)

    def attribute(self, name: str) -> Any:
        """Return an attribute, or None."""
        return self._attributes.get(name)

    def __contains__(self, name: str) -> bool:
        return "/" not in name and name not in ("", ".", "..") and bool(_kind(self._folder / name))


class ZarrArray(Array):
    """A folder with the description of an array and its chunks."""

    def __init__(self, folder: Path, *, root: Path) -> None:
        self._folder = folder
        self.path = "/" + folder.relative_to(root).as_posix()
        self._description = describe_array(_described(folder), path=self.path)
        self.shape, self.itemsize = self._description.shape, self._description.itemsize
        self.is_text = self._description.is_text

    def numbers(self, *where: slice) -> NDArray[Any]:
        """Return a part of an array of numbers."""
        if self.is_text:
            msg = f"{self.path} holds no numbers"
            raise ValueError(msg)
        return np.asarray(self._opened()[where or slice(None)])

    def strings(self) -> NDArray[np.object_]:
        """Return all of a one-dimensional array of text."""
        check_column(self)
        values = np.asarray(self._opened()[:]).astype(object)
        texts = [value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in values.tolist()]
        return check_names(self.path, np.array(texts, dtype=object))

    def _opened(self) -> Any:
        import zarr

        check_chunks(self._folder, self._description, path=self.path)
        with warnings.catch_warnings():
            # text of fixed length is not yet part of the standard of format 3; it is only read here
            warnings.simplefilter("ignore")
            return zarr.open_array(self._folder, mode="r", zarr_format=self._description.zarr_format)


def _kind(folder: Path) -> str:
    if (folder / "zarr.json").is_file():
        kind = _json(folder / "zarr.json").get("node_type")
        return kind if kind in ("array", "group") else ""
    return "array" if (folder / ".zarray").is_file() else "group" if (folder / ".zgroup").is_file() else ""


def _attributes(folder: Path) -> Mapping[str, Any]:
    if (folder / "zarr.json").is_file():
        found = _json(folder / "zarr.json").get("attributes", {})
    else:
        found = _json(folder / ".zattrs") if (folder / ".zattrs").is_file() else {}
    return found if isinstance(found, dict) else {}


def _described(folder: Path) -> Mapping[str, Any]:
    name = "zarr.json" if (folder / "zarr.json").is_file() else ".zarray"
    return _json(folder / name)


def _json(path: Path) -> dict[str, Any]:
    if path.is_symlink():
        raise Refusal(must="hold no links", got=f"{path.name} as a link", fix=_FIX)
    if path.stat().st_size > MAX_JSON_BYTES:
        msg = f"{path.name} takes {amount(path.stat().st_size)}"
        raise ValueError(msg)
    document = json.loads(path.read_bytes())
    if not isinstance(document, dict):
        msg = f"{path.name} is no JSON object"
        raise ValueError(msg)
    return document
