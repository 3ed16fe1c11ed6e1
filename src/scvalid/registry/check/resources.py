"""Everything that can be wrong with ``resources/``, found in one pass."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scvalid.contracts.resources import ManifestRow
from scvalid.errors import ContractError, SubmissionError
from scvalid.registry.check.content import faults_of_axes, faults_of_claim_sources, faults_of_excluded, faults_of_readouts
from scvalid.registry.check.integrity import faults_of_files, faults_of_gene_sets
from scvalid.registry.check.naming import faults_of_symbols
from scvalid.registry.check.recomputation import faults_of_made_sets, faults_of_overlap
from scvalid.registry.check.registrations import faults_of_registrations
from scvalid.registry.claims.reading import RegisteredClaim, read_claims
from scvalid.registry.compounds.reading import IN_RESOURCES, read_compounds
from scvalid.registry.manifest import read_manifest

Result = TypeVar("Result")


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what speaks against it.

    Attributes
    ----------
    findings
        One sentence a fault.
    n_claims, n_compounds, n_sets
        What was read; a set counts once a species.
    """

    findings: tuple[str, ...]
    n_claims: int
    n_compounds: int
    n_sets: int


def check_resources(resources: Path) -> Checked:
    """Check files, sets, claims and compounds against each other and against the tables about them.

    A part that cannot be read is said, and what hangs on it is not checked.
    """
    findings: list[str] = []
    collect = _Collector(findings)
    library = collect(lambda: read_compounds(resources / IN_RESOURCES))
    ids = None if library is None else {compound.compound_id for compound in library}
    claims = collect(lambda: read_claims(resources / "claims", compounds=ids))
    rows = collect(lambda: read_manifest(resources / "gene_sets"))
    findings += collect(lambda: faults_of_files(resources)) or []
    findings += collect(lambda: faults_of_registrations(resources / "claims")) or []
    if claims is not None:
        findings += faults_of_claim_sources(claims)
    if rows is not None:
        findings += _faults_of_sets(resources, rows, claims or (), collect)
    return Checked(tuple(findings), len(claims or ()), len(library or ()), len(rows or ()))


class _Collector:
    """Runs a reading, and keeps what it was refused for."""

    def __init__(self, findings: list[str]) -> None:
        self._findings = findings

    def __call__(self, read: Callable[[], Result]) -> Result | None:
        try:
            return read()
        except SubmissionError as error:
            self._findings += error.findings
        except ContractError as error:
            self._findings.append(str(error))
        return None


def _faults_of_sets(
    resources: Path, rows: tuple[ManifestRow, ...], claims: tuple[RegisteredClaim, ...], collect: _Collector
) -> list[str]:
    changed = collect(lambda: faults_of_gene_sets(resources / "gene_sets")) or []
    checks: list[Callable[[], list[str]]] = [
        lambda: faults_of_symbols(resources, rows),
        lambda: faults_of_readouts(resources, rows, claims),
        lambda: faults_of_axes(rows, claims),
        lambda: faults_of_excluded(resources, rows),
        lambda: faults_of_made_sets(resources, rows),
        lambda: faults_of_overlap(resources, rows),
    ]
    return [*changed, *(finding for check in checks for finding in collect(check) or [])]
