"""What is handed over with the claims of a submission: their read-outs, and the sets that could explain an effect otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scvalid.contracts.claimed import PROGENY, Claimed, RivalsOfClaim, RivalsOfClaims
from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import NAMES_A_SET
from scvalid.registry.manifest import read_manifest
from scvalid.registry.rebuild.sets.files import sets_of_file
from scvalid.registry.rivals.overlap import Rival, Weights, mechanism, rivals_of
from scvalid.submission.model import Submission


@dataclass(frozen=True)
class _Panel:
    """The registered sets of one species that are scored and inform the moderation: genes and mechanism of each."""

    sets: Mapping[str, Weights]
    axes: Mapping[str, str]
    names: frozenset[str]
    """Ids of these and of the registered sets outside the panel."""


def claimed_of(submission: Submission, *, gene_sets: Path) -> Claimed:
    """Return the read-outs of the claims, and the genes that claims name as rivals; what is never tested is left out.

    Parameters
    ----------
    submission
        The submission.
    gene_sets
        Folder of the registered sets, with its manifest.
    """
    parts = [part for claim in submission.claims.claims for part in claim.parts if part.direction != "expressed"]
    sets = {part.readout.id for part in parts if part.readout.type in NAMES_A_SET}
    genes = {part.readout.id for part in parts if part.readout.type == "gene"}
    known = _panel(gene_sets, submission.config.context.species).names | sets | _own_sets(submission).keys()
    named = {rival for claim in submission.claims.claims for rival in claim.rivals} - known
    return Claimed(sets=tuple(sorted(sets)), genes=tuple(sorted(genes)), rival_genes=tuple(sorted(named)))


def rivals_of_claims(submission: Submission, *, gene_sets: Path) -> RivalsOfClaims:
    """Return the rivals of every claim among the registered sets of the submission's species.

    A gene is looked up among the sets of the species and, since claims may name human genes whatever the data, among the
    human ones. A lab's own sets compete only where a claim names them: to submit a set must change no other verdict.

    Parameters
    ----------
    submission
        The submission.
    gene_sets
        Folder of the registered sets, with its manifest.
    """
    species, own = submission.config.context.species, _own_sets(submission)
    panel, human = _panel(gene_sets, species), _panel(gene_sets, "human")

    @cache
    def found(readout: str, axis: str | None, *, is_set: bool) -> tuple[Rival, ...]:
        if is_set:
            sets = {**panel.sets, **({readout: own[readout]} if readout in own else {})}
            return rivals_of(readout, sets=sets, axes=panel.axes, axis=axis) if readout in sets else ()
        rivals = rivals_of(readout, sets=panel.sets, axes=panel.axes, axis=axis)
        return rivals or rivals_of(readout, sets=human.sets, axes=human.axes, axis=axis)

    def rivals(claim: Claim) -> RivalsOfClaim:
        readouts = {
            part.readout.id: found(part.readout.id, claim.axis, is_set=part.readout.type in NAMES_A_SET)
            for part in claim.parts
            if part.readout.type in NAMES_A_SET | {"gene"} and part.direction != "expressed"
        }
        return _rivals_of_claim(claim, readouts, axes=panel.axes)

    by_claim = {claim.id: rivals(claim) for claim in submission.claims.claims}
    return RivalsOfClaims(claims={claim_id: found for claim_id, found in by_claim.items() if found != RivalsOfClaim()})


def _rivals_of_claim(claim: Claim, found: Mapping[str, tuple[Rival, ...]], *, axes: Mapping[str, str]) -> RivalsOfClaim:
    own = {part.readout.id for part in claim.parts}
    # a rival by rule confirms rather than competes if it is of the claim's mechanism; one named by hand competes all the same
    overlap = {
        readout: tuple(r.set_id for r in rivals if not r.is_same_programme and r.set_id not in own | set(claim.rivals))
        for readout, rivals in found.items()
    }
    pathways = [set_id for set_id in axes if set_id.startswith(PROGENY)]
    related = {}
    for readout, rivals in found.items():
        mechanisms = {mechanism(axis) for axis in (claim.axis, axes.get(readout)) if axis}
        # a pathway that somebody names as a rival stays an axis: only overlap and mechanism take one out of the count
        near = {rival.set_id for rival in rivals} | own
        related[readout] = tuple(p for p in sorted(pathways) if p in near or mechanism(axes[p]) in mechanisms)
    return RivalsOfClaim(
        registered=claim.rivals,
        overlap={readout: rivals for readout, rivals in overlap.items() if rivals},
        related={readout: pathways for readout, pathways in related.items() if pathways},
    )


def _own_sets(submission: Submission) -> dict[str, dict[str, float]]:
    return {name: genes for path in submission.own_gene_sets for name, genes in sets_of_file(path).items()}


@cache
def _panel(folder: Path, species: str) -> _Panel:
    rows = [row for row in read_manifest(folder) if row.species == species]
    axes = {row.set_id: row.axis for row in rows if row.is_panel}
    files = dict.fromkeys(row.file for row in rows if row.is_panel)
    sets = {name: genes for file in files for name, genes in sets_of_file(folder / file).items()}
    return _Panel(sets, axes, frozenset(row.set_id for row in rows))
