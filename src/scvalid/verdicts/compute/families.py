"""Families of Benjamini-Hochberg: primary parts together, other parts together, controls and untestable parts in neither."""

from collections.abc import Sequence

import numpy as np

from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import Part
from scvalid.stats.multiple_testing import benjamini_hochberg
from scvalid.verdicts.compute.evidence import Finding


def q_values(findings: Sequence[tuple[Claim, Part, Finding]]) -> list[float]:
    """Return the q value of each finding of one grouping; NaN where a gate stopped it.

    The headline verdicts (all cells) and those per state come from different groupings, so each has families of its own.
    A control is a family of one: its q is its p.
    """
    q = np.full(len(findings), np.nan)
    for is_primary in (True, False):
        members = [
            i
            for i, (claim, part, finding) in enumerate(findings)
            if finding.gate is None and not claim.is_control and (part.role == "primary") == is_primary
        ]
        q[members] = benjamini_hochberg(np.array([findings[i][2].p for i in members]))
    for i, (claim, _, finding) in enumerate(findings):
        if claim.is_control and finding.gate is None:
            q[i] = finding.p
    return [float(value) for value in q]
