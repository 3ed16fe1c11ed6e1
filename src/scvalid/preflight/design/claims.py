"""Which claims no design could decide on these data, why, and which registered claims come near them."""

from collections.abc import Mapping
from pathlib import Path

from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import NAMES_A_SET
from scvalid.contracts.verdicts import Code, Reason
from scvalid.io.gene_names import read_orthologs, read_symbols
from scvalid.keys import GeneSet
from scvalid.preflight.design.coverage import unmeasured_readouts
from scvalid.registry.claims.reading import read_claims
from scvalid.registry.manifest import read_manifest
from scvalid.settings import Context
from scvalid.submission import Submission
from scvalid.submission.gene_sets.checking import read_own_sets
from scvalid.verdicts.compute.gates import gate_of_claim, gate_of_part

N_RELATED = 3


def gates_of_claims(
    submission: Submission, *, resources: Path | None, genes: Mapping[str, frozenset[str]] | None = None
) -> dict[str, Reason]:
    """Return claim id -> why its primary part cannot be tested, whatever the samples hold.

    Parameters
    ----------
    submission
        The submission.
    resources
        Folder of the registered gene sets and gene names; None leaves out whether sets and orthologs are known.
    genes
        Sample id -> genes of its file, where they are known; None leaves out whether enough of a read-out is measured.
    """
    gates = {}
    missing = {} if resources is None else _missing_readouts(submission, resources)
    if resources is not None and genes:
        missing = unmeasured_readouts(submission, genes, resources=resources) | missing
    for claim in submission.claims.claims:
        gate = gate_of_claim(claim, submission.config.context) or gate_of_part(claim.primary)
        gate = gate or missing.get((claim.primary.readout.type, claim.primary.readout.id))
        if gate is not None:
            gates[claim.id] = gate
    return gates


def related_claims(
    submission: Submission, gates: Mapping[str, Reason], *, resources: Path | None
) -> dict[str, tuple[str, ...]]:
    """Return claim id -> ids of claims of the same axis that counts of mRNA can show, for claims on another level.

    The submission's own come first, then registered ones on the same compound, then on any.
    """
    claims = submission.claims.claims
    blind = [
        claim for claim in claims if claim.axis and claim.id in gates and gates[claim.id].code == Code.NOT_TRANSCRIPT_LEVEL
    ]
    if not blind:
        return {}
    registered = () if resources is None else tuple(row.claim for row in read_claims(resources / "claims"))
    own = {claim.id for claim in claims}
    candidates = [*claims, *(claim for claim in registered if claim.id not in own)]
    open_ones = [c for c in candidates if c.id not in gates and _is_open(c, submission.config.context)]
    related = {}
    for claim in blind:
        near = [other for other in open_ones if other.axis == claim.axis]
        near.sort(key=lambda other: (other.id not in own, other.compound != claim.compound))
        if near:
            related[claim.id] = tuple(other.id for other in near[:N_RELATED])
    return related


def _is_open(claim: Claim, context: Context) -> bool:
    return gate_of_claim(claim, context) is None and gate_of_part(claim.primary) is None


def _missing_readouts(submission: Submission, resources: Path) -> dict[tuple[str, str], Reason]:
    """Return (type, id) of a read-out -> why it cannot be computed in the species of the data."""
    readouts = [claim.primary.readout for claim in submission.claims.claims]
    species = submission.config.context.species
    missing: dict[tuple[str, str], Reason] = {}
    sets = {row.set_id for row in read_manifest(resources / "gene_sets") if row.species == species}
    for _, table in read_own_sets(submission)[0]:
        sets |= set(map(str, table[GeneSet.SET]))
    for readout in readouts:
        if readout.type in NAMES_A_SET and readout.id not in sets:
            missing[readout.type, readout.id] = Reason(code=Code.SET_NOT_INSTALLED, values={"readout": readout.id})
    genes = [readout.id for readout in readouts if readout.type == "gene" and readout.id.isupper()]
    if species != "human" and genes:
        orthologs = read_orthologs(resources / "genes/orthologs.tsv.gz", species=species)
        # a claim may name the gene of the species itself
        own = set(read_symbols(resources / f"genes/{species}.tsv.gz").values())
        for gene in genes:
            if gene not in orthologs and gene not in own:
                missing["gene", gene] = Reason(code=Code.NO_CERTAIN_ORTHOLOG, values={"gene": gene})
    return missing
