"""What the tables about gene sets must say, computed from registered.tsv and the files of sets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from scvalid.contracts.resources import ManifestRow, RegisteredSet
from scvalid.errors import ContractError, sentence, shown
from scvalid.registry.check.integrity import checksums_of_sets
from scvalid.registry.rebuild.sets.files import sets_of_file
from scvalid.registry.rebuild.sets.gene_sets import SPECIES
from scvalid.registry.rivals.overlap import overlap_table

OVERLAP: Final = "overlap_human.tsv"
Lost = Mapping[tuple[str, str], tuple[str, ...]]
"""Set and species -> genes that the set lost on its way from its source."""


def manifest_of(registered: Sequence[RegisteredSet], *, folder: Path, lost: Lost) -> list[ManifestRow]:
    """Return one row per registered set and species whose file exists, with sizes and checksums of what lies there."""
    rows = []
    files = {row.file.format(species=species) for row in registered for species in SPECIES}
    content = {name: _content(folder / name) for name in files if (folder / name).is_file()}
    for species in SPECIES:
        for origin in registered:
            name = origin.file.format(species=species)
            if name not in content:
                continue
            sums = content[name]
            if origin.set_id not in sums:
                fix = "Enter it there, or remove it from registered.tsv."
                raise ContractError(sentence(f"gene_sets/{name}", f"hold the set {shown(origin.set_id)}", "none", fix))
            sha256, n_genes = sums[origin.set_id]
            gone = lost.get((origin.set_id, species), ())
            notes = "; ".join(filter(None, [origin.notes, _derivation(name, species)]))
            told = origin.model_dump() | {"file": name, "species": species, "notes": notes}
            rows.append(ManifestRow(**told, sha256=sha256, n_genes=n_genes, n_lost=len(gone), lost=gone))
    return rows


def overlap_of_files(rows: Sequence[ManifestRow], folder: Path) -> bytes:
    """Return the table of the human sets that share genes."""
    files = dict.fromkeys(row.file for row in rows if row.species == "human")
    sets = {set_id: genes for name in files for set_id, genes in sets_of_file(folder / name).items()}
    return overlap_table(sets).to_csv(sep="\t", index=False, lineterminator="\n").encode("utf-8")


def _content(source: Path) -> dict[str, tuple[str, int]]:
    """Return set id -> checksum and number of genes."""
    sizes = {set_id: len(genes) for set_id, genes in sets_of_file(source).items()}
    return {set_id: (sha256, sizes[set_id]) for set_id, sha256 in checksums_of_sets(source).items() if set_id in sizes}


def _derivation(name: str, species: str) -> str:
    if name.startswith("progeny"):
        return "the genes of the mouse set that rat has under the same symbol" if species == "rat" else ""
    return "" if species == "human" else "by orthologs of the human set"
