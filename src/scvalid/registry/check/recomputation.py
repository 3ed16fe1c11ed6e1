"""Whether what is made is what follows from what was entered: derived sets, the manifest and the overlap table."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scvalid.contracts.resources import ManifestRow, RegisteredSet
from scvalid.errors import sentence, shown
from scvalid.registry.description import OVERLAP, manifest_of, overlap_of_files
from scvalid.registry.manifest import MANIFEST_COLUMNS, read_registered
from scvalid.registry.rebuild.sets.derived import MovedSets
from scvalid.registry.rebuild.sets.files import N_DECIMALS, sets_of_file
from scvalid.registry.rebuild.sets.gene_sets import SPECIES
from scvalid.registry.rebuild.sets.recipes import Places, recipe_of

_REBUILD = "Run scvalid build-resources, or restore the file."


Made = tuple[str, str, MovedSets]
"""A file of sets, its species, and what it must hold."""


def faults_of_made_sets(resources: Path, rows: Sequence[ManifestRow]) -> list[str]:
    """Return one sentence for each set of mouse or rat, and each column of the manifest, that is not what was entered gives.

    The column sha256 is left to ``integrity.faults_of_gene_sets``. Which genes a set lost on its way from an archive cannot
    be told without the archive: there the manifest is taken at its word.
    """
    folder = resources / "gene_sets"
    registered = read_registered(folder)
    made = tuple(_derived(registered, resources))
    said: dict[tuple[str, str], ManifestRow] = {(row.set_id, row.species): row for row in rows}
    lost = {key: row.lost for key, row in said.items()}
    for _, species, sets in made:
        lost |= {(set_id, species): gone for set_id, gone in sets.lost.items()}
    expected = {(row.set_id, str(row.species)): row for row in manifest_of(registered, folder=folder, lost=lost)}
    return [*_faults_of_derived(made, folder), *_faults_of_rows(said, expected)]


def faults_of_overlap(resources: Path, rows: Sequence[ManifestRow]) -> list[str]:
    """Return one sentence if the overlap table is not what the human sets give, with the first line that differs."""
    folder = resources / "gene_sets"
    expected = overlap_of_files(rows, folder).decode("utf-8").splitlines()
    there = (folder / OVERLAP).read_bytes().decode("utf-8", "replace").splitlines() if (folder / OVERLAP).is_file() else []
    if there == expected:
        return []
    pairs = zip([*there, ""], [*expected, ""], strict=False)
    number = next((n for n, (got, wanted) in enumerate(pairs, start=1) if got != wanted), len(there))
    line = there[number - 1] if number <= len(there) else "nothing"
    must = "hold what the human sets share"
    return [sentence(f"gene_sets/{OVERLAP}, line {number},", must, shown(line.replace("\t", " ")), _REBUILD)]


def _faults_of_derived(made: Sequence[Made], folder: Path) -> list[str]:
    there = {name: sets_of_file(folder / name) for name, _, _ in made}
    must = "be what the set it is made from gives"
    return [
        sentence(f"gene_sets/{name}: set {shown(set_id)}", must, "another", _REBUILD)
        for name, _, sets in made
        for set_id, genes in sets.weights.items()
        if there[name].get(set_id) != {gene: round(weight, N_DECIMALS) for gene, weight in genes.items()}
    ]


def _faults_of_rows(said: Mapping[tuple[str, str], ManifestRow], expected: Mapping[tuple[str, str], ManifestRow]) -> list[str]:
    findings = []
    for name, species in sorted(said.keys() | expected.keys()):
        where = f"gene_sets/manifest.tsv: set {shown(name)} ({species})"
        one, other = said.get((name, species)), expected.get((name, species))
        if one is None or other is None:
            must = "be in the manifest" if one is None else "be in registered.tsv and its file"
            findings.append(sentence(where, must, "no row", _REBUILD))
            continue
        must = "be what registered.tsv and the files give"
        findings += [sentence(f"{where}, column {c},", must, got, _REBUILD) for c, got in _differences(one, other)]
    return findings


def _differences(said: ManifestRow, expected: ManifestRow) -> list[tuple[str, str]]:
    columns = [column for column in MANIFEST_COLUMNS if column != "sha256"]
    return [(c, shown(getattr(said, c))) for c in columns if getattr(said, c) != getattr(expected, c)]


def _derived(registered: Sequence[RegisteredSet], resources: Path) -> Iterator[Made]:
    """Yield file, species and sets of each file that follows from other committed files, made anew."""
    folder = resources / "gene_sets"
    places = Places((), folder, resources / "genes", {})
    ids: dict[str, list[str]] = {}
    for row in registered:
        ids.setdefault(row.file, []).append(row.set_id)
    for template, own in ids.items():
        for species in SPECIES:
            recipe = recipe_of(template, species, ids=own, places=places)
            if recipe.make is not None:
                yield template.format(species=species), species, recipe.make()
