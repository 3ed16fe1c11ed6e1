"""Whether the files of ``resources/`` are what the tables about them say: each set and each file by its checksum."""

import gzip
import hashlib
import zlib
from pathlib import Path

from scvalid.errors import sentence, shown
from scvalid.io.documents import sha256_of
from scvalid.registry.manifest import read_files, read_manifest

_REBUILD = "Run scvalid build-resources, or restore the file."
_TABLES_ABOUT = {"files.tsv", "manifest.tsv", "registered.tsv"}


def checksums_of_sets(source: Path) -> dict[str, str]:
    """Return set id -> sha256 of that set's own lines, in the order and with the bytes of the file."""
    raw = gzip.decompress(source.read_bytes()) if source.name.endswith(".gz") else source.read_bytes()
    lines: dict[str, list[bytes]] = {}
    for line in raw.split(b"\n")[1:]:
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
        expected = {row.set_id: row.sha256 for row in rows if row.file == name}
        findings += [_fault_of_set(name, key, expected, found) for key in sorted(expected.keys() | found.keys())]
    return [finding for finding in findings if finding]


def faults_of_files(resources: Path) -> list[str]:
    """Return one sentence for each file of data below ``resources`` that is not as ``files.tsv`` says, or not in it."""
    known = {row.file: row.sha256 for row in read_files(resources)}
    there = {path.relative_to(resources).as_posix() for path in data_files(resources)}
    findings = [
        sentence(name, "be in files.tsv", "no row", "Add a row with its source.") for name in sorted(there - known.keys())
    ]
    findings += [sentence(name, "exist", "no such file", _REBUILD) for name in sorted(known.keys() - there)]
    return findings + [
        sentence(name, "have the sha256 of files.tsv", "another", _REBUILD)
        for name in sorted(there & known.keys())
        if sha256_of(resources / name) != known[name]
    ]


def data_files(resources: Path) -> list[Path]:
    """Return the files of data below ``resources``, sorted; the three tables about them are none."""
    return sorted(p for p in resources.rglob("*") if p.name.endswith((".tsv", ".tsv.gz")) and p.name not in _TABLES_ABOUT)


def _fault_of_set(name: str, set_id: str, expected: dict[str, str], found: dict[str, str]) -> str:
    where = f"gene_sets/{name}: set {shown(set_id)}"
    if set_id not in found:
        return sentence(where, "be in the file", "no line of it", _REBUILD)
    if set_id not in expected:
        return sentence(where, "be in the manifest", "no row of it", "Register it in registered.tsv, then rebuild.")
    if found[set_id] != expected[set_id]:
        return sentence(where, "have the sha256 of the manifest", found[set_id][:12], _REBUILD)
    return ""
