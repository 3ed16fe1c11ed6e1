"""Families of Benjamini-Hochberg: primary parts together, other parts together, controls and untestable parts in neither."""

from collections.abc import Hashable, Sequence

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
        q[members] = q_of_readouts([(findings[i][2].key, findings[i][2].p) for i in members])
    for i, (claim, _, finding) in enumerate(findings):
        if claim.is_control and finding.gate is None:
            q[i] = finding.p
    return [float(value) for value in q]


def q_of_readouts(tests: Sequence[tuple[Hashable, float]]) -> list[float]:
    """Return the q value of each test in one family, in which a read-out is one test however many claims rest on it.

    Counted once a claim, forty claims on one set that moves would lower the bar for every other one: a null of p = .04 among
    ten others has q = .44, and would have .05.

    Parameters
    ----------
    tests
        Of each claim what is read out, in which state, and its p value.
    """
    distinct = list(dict.fromkeys(tests))
    corrected = benjamini_hochberg(np.array([p for _, p in distinct], dtype=np.float64))
    q = dict(zip(distinct, corrected.tolist(), strict=True))
    return [q[test] for test in tests]
