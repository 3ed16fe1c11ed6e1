"""The rivals of a registered claim, found by the genes that the registered sets share with its primary read-out."""

from collections.abc import Callable
from pathlib import Path

from scvalid.contracts.claims import Claim
from scvalid.registry.manifest import read_manifest
from scvalid.registry.rebuild.sets.files import sets_of_file
from scvalid.registry.rivals.overlap import Rival, rivals_of


def registered_rivals(folder: Path) -> Callable[[Claim], tuple[Rival, ...]]:
    """Read the human sets of the panel; return what finds the rivals of a claim among them, its own read-outs left out.

    Parameters
    ----------
    folder
        Folder of the registered sets, with its manifest.
    """
    rows = [row for row in read_manifest(folder) if row.species == "human" and row.is_panel]
    axes = {row.set_id: row.axis for row in rows}
    sets = {
        name: genes for file in dict.fromkeys(row.file for row in rows) for name, genes in sets_of_file(folder / file).items()
    }

    def find(claim: Claim) -> tuple[Rival, ...]:
        own = {part.readout.id for part in claim.parts}
        rivals = rivals_of(claim.primary.readout.id, sets=sets, axes=axes, axis=claim.axis)
        return tuple(rival for rival in rivals if rival.set_id not in own)

    return find
