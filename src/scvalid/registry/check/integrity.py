"""Whether the files of ``resources/`` are what the tables about them say: each set and each file by its checksum."""

import gzip
import hashlib
import zlib
from fnmatch import fnmatchcase
from pathlib import Path

from scvalid.errors import ContractError, sentence, shown
from scvalid.io.documents import sha256_of
from scvalid.io.gene_sets import MAX_BYTES
from scvalid.registry.manifest import read_files, read_manifest

_REBUILD = "Run scvalid build-resources, or restore the file."
_TABLES_ABOUT = {"files.tsv", "manifest.tsv", "registered.tsv", "registrations.tsv"}
_FOLDERS = ("claims", "compounds", "gene_sets", "genes", "ontology")
_WITHOUT_ROW = {
    "files.tsv", "sources.txt", "README.md", "compounds/compounds.schema.json", "claims/registrations.tsv",
    "gene_sets/manifest.tsv", "gene_sets/registered.tsv", *(f"{folder}/README.md" for folder in _FOLDERS),
}  # fmt: skip
"""Files that may lie there though files.tsv does not name them; of claims it is registrations.tsv that does."""


_IN_FILES = ("be in files.tsv", "no row", "Add a row with its source, or remove the file.")
_OF_UNKNOWN = {"claims": ("be a file *.yaml of claims", "another name", "Rename it to .yaml, or remove it.")}


def checksums_of_sets(source: Path) -> dict[str, str]:
    """Return set id -> sha256 of that set's own lines, in the order and with the bytes of the file.

    Raises
    ------
    ContractError
        If the file unpacks to more than a file of gene sets may.
    """
    lines: dict[str, list[bytes]] = {}
    for line in _unpacked(source).split(b"\n")[1:]:
        if line:
            lines.setdefault(line.partition(b"\t")[0].decode("utf-8", "replace"), []).append(line + b"\n")
    return {set_id: hashlib.sha256(b"".join(own)).hexdigest() for set_id, own in lines.items()}


def faults_of_gene_sets(folder: Path) -> list[str]:
    """Return one sentence for each set whose lines are not those of the manifest, by its name."""
    rows = read_manifest(folder)
    findings: list[str] = []
    for name in dict.fromkeys(row.file for row in rows):
        try:
            found = checksums_of_sets(folder / name)
        except (OSError, EOFError, zlib.error) as error:
            findings.append(sentence(f"gene_sets/{name}", "be a readable file", type(error).__name__, _REBUILD))
            continue
        except ContractError as error:
            findings.append(str(error))
            continue
        expected = {row.set_id: row.sha256 for row in rows if row.file == name}
        findings += [_fault_of_set(name, key, expected, found) for key in sorted(expected.keys() | found.keys())]
    return [finding for finding in findings if finding]


def faults_of_files(resources: Path) -> list[str]:
    """Return one sentence for each file below ``resources`` that is not as ``files.tsv`` says, or that nothing tells of."""
    known = {row.file: row.sha256 for row in read_files(resources)}
    there = {path.relative_to(resources).as_posix() for path in resources.rglob("*") if not path.is_dir()}
    claims = {name for name in there if fnmatchcase(name, "claims/*.yaml") and name.count("/") == 1}
    findings = [
        sentence(shown(name)[1:-1], *_OF_UNKNOWN.get(name.partition("/")[0], _IN_FILES))
        for name in sorted(there - known.keys() - claims - _WITHOUT_ROW)
    ]
    findings += [sentence(name, "exist", "no such file", _REBUILD) for name in sorted(known.keys() - there)]
    return findings + [
        sentence(name, "have the sha256 of files.tsv", "another", _REBUILD)
        for name in sorted(there & known.keys())
        if sha256_of(resources / name) != known[name]
    ]


def data_files(resources: Path) -> list[Path]:
    """Return the files of data below ``resources``, sorted; the tables about them are none."""
    return sorted(p for p in resources.rglob("*") if p.name.endswith((".tsv", ".tsv.gz")) and p.name not in _TABLES_ABOUT)


def _unpacked(source: Path) -> bytes:
    with gzip.open(source) if source.name.endswith(".gz") else source.open("rb") as stream:
        # a small file may unpack to any size
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        must = f"unpack to below {MAX_BYTES // 10**6} MB"
        raise ContractError(sentence(f"gene_sets/{source.name}", must, "more", _REBUILD))
    return raw


def _fault_of_set(name: str, set_id: str, expected: dict[str, str], found: dict[str, str]) -> str:
    where = f"gene_sets/{name}: set {shown(set_id)}"
    if set_id not in found:
        return sentence(where, "be in the file", "no line of it", _REBUILD)
    if set_id not in expected:
        return sentence(where, "be in the manifest", "no row of it", "Register it in registered.tsv, then rebuild.")
    if found[set_id] != expected[set_id]:
        return sentence(where, "have the sha256 of the manifest", found[set_id][:12], _REBUILD)
    return ""
