"""Read-outs of which the files hold too little, whatever is expressed: the gates of coverage before the data are run."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from scvalid.contracts.readouts import NAMES_A_SET
from scvalid.contracts.verdicts import Reason
from scvalid.io.gene_names import alias_tables, read_aliases, read_orthologs
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet
from scvalid.pathways.compute.current_genes import with_current_symbols
from scvalid.pathways.compute.gene_sets import coverage_of
from scvalid.registry.manifest import read_manifest
from scvalid.submission import Submission
from scvalid.submission.gene_sets.checking import read_own_sets
from scvalid.verdicts.compute.evidence import find_gene, gate_of_coverage


def unmeasured_readouts(
    submission: Submission, genes: Mapping[str, frozenset[str]], *, resources: Path
) -> dict[tuple[str, str], Reason]:
    """Return (type, id) of a claimed read-out -> why too little of it is measured, by the gates of the workflow itself.

    Parameters
    ----------
    submission
        The submission.
    genes
        Sample id -> genes of its file by their symbols of today; only those that all samples have are compared.
    resources
        Folder of the registered gene sets and gene names.
    """
    measured = frozenset.intersection(*genes.values())
    readouts = [claim.primary.readout for claim in submission.claims.claims]
    found: dict[tuple[str, str], Reason] = {}
    species, claimed = submission.config.context.species, {readout.id for readout in readouts if readout.type == "gene"}
    if claimed:
        table = resources / "genes/orthologs.tsv.gz"
        known = None if species == "human" else {h: o.symbol for h, o in read_orthologs(table, species=species).items()}
        for gene in sorted(claimed):
            gate = find_gene(gene, measured, known)[1]
            if gate is not None:
                found["gene", gene] = gate
    gates = _gates_of_sets(submission, {r.id for r in readouts if r.type in NAMES_A_SET}, measured, resources)
    return found | {(r.type, r.id): gates[r.id] for r in readouts if r.type in NAMES_A_SET and r.id in gates}


def _gates_of_sets(submission: Submission, claimed: set[str], measured: frozenset[str], resources: Path) -> dict[str, Reason]:
    """Return set -> why it cannot be tested, for those that are claimed and cannot."""
    species, folder = submission.config.context.species, resources / "gene_sets"
    files = {row.file for row in read_manifest(folder) if row.species == species and row.set_id in claimed}
    tables = [read_gene_sets(folder / name, is_panel=True) for name in sorted(files)]
    tables += [table for _, table in read_own_sets(submission)[0]]
    sets = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame({GeneSet.SET: []})
    sets = sets[sets[GeneSet.SET].isin(claimed)]
    if sets.empty:
        return {}
    old_names = {
        old: alias.symbol for table in alias_tables(resources / "genes", species) for old, alias in read_aliases(table).items()
    }
    sets = with_current_symbols(sets, measured=measured, aliases=old_names)
    coverage = coverage_of(sets, measured=np.array(sorted(measured), dtype=str))
    gates = {str(name): gate_of_coverage(row) for name, row in coverage.iterrows()}
    return {name: gate for name, gate in gates.items() if gate is not None}
