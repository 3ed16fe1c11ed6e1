"""What the tables of ``resources/`` say of every registered gene set and of every file of data there."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, StringConstraints, TypeAdapter

from scvalid.contracts.sources import Source
from scvalid.settings import Frozen
from scvalid.settings.submitted import Species

Note = Annotated[str, StringConstraints(max_length=1000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
SetId = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9_-]{0,119}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(/[a-z0-9_]+)*\.tsv(\.gz)?$")]
Status = Literal["file", "read", "curated - to review"]
"""``file``: from the archive that the source names; ``read``: typed from a publication or script; else by this project."""


_SOURCE: TypeAdapter[str] = TypeAdapter(Source)


def _each_in_a_known_form(text: str) -> str:
    for part in text.split("; "):
        _SOURCE.validate_python(part)
    return text


def _truth_of(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def _parts_of(value: object) -> object:
    return tuple(part for part in value.split(";") if part) if isinstance(value, str) else value


Citation = Annotated[Line, AfterValidator(_each_in_a_known_form)]
"""One or more sources in a form that can be resolved, joined by a semicolon and a space."""
YesNo = Annotated[bool, BeforeValidator(_truth_of), PlainSerializer(lambda flag: "yes" if flag else "no")]
"""A flag, written yes or no."""
Genes = Annotated[tuple[str, ...], BeforeValidator(_parts_of), PlainSerializer(";".join)]
"""Symbols, written in one cell, joined by ``;``."""


class SetOrigin(Frozen):
    """What a person wrote of one set: where it comes from, under which licence, how sure it is."""

    set_id: SetId
    axis: Line
    """Mechanism, for example Wnt; a set of the same axis as a claim is no rival of that claim."""
    is_panel: YesNo
    """Whether the set informs the moderation; a set that does not is scored all the same."""
    source: Line
    version: Line
    licence: Line
    citation: Citation
    status: Status
    notes: Note = ""


class RegisteredSet(SetOrigin):
    """One row of ``registered.tsv``: a set as a person entered it, and the files it stands in."""

    file: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+_\{species\}(_[a-z0-9]+)?\.tsv(\.gz)?$")]
    """``msigdb_{species}.tsv`` stands for the files of human, mouse and rat."""


class ManifestRow(SetOrigin):
    """One row of ``manifest.tsv``: one set in one species, with the checksum of its own lines."""

    species: Species
    file: FileName
    n_genes: int = Field(ge=1)
    sha256: Sha256
    n_lost: int = Field(ge=0)
    lost: Genes = ()
    """Genes of the source without a current symbol, or of the human set without an ortholog."""


class FileRow(Frozen):
    """One row of ``files.tsv``: one file of data below ``resources/``."""

    file: FileName
    species: Species | Literal["all"]
    sha256: Sha256
    source: Line
    version: Line
    licence: Line
    citation: Citation
