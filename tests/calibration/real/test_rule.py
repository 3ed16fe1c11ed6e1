"""The whole rule on real donors: the known truth is found, and swapped arms are not taken for one."""

import pytest
from benchmarks.calibration.real.rule import DECISIVE, FAMILY, KNOWN, effects_of, own_claims, swapped, verdicts_of

from scvalid.contracts.verdicts import Verdict


@pytest.mark.slow
def test_jak_stat_is_supported_with_all_donors_and_with_three(kang):
    for donors in (kang.donors, kang.donors[:3]):
        effects = effects_of(kang.of(donors, ["ctrl", "stim"]), kang.panel, own_claims())
        assert verdicts_of(effects, own_claims(), FAMILY)[KNOWN] == Verdict.SUPPORTED


@pytest.mark.slow
def test_half_of_the_donors_swapped_leave_nothing_decisive(kang):
    effects = effects_of(swapped(kang.profiles, kang.donors[::2]), kang.panel, own_claims())
    verdicts = verdicts_of(effects, own_claims(), FAMILY)
    assert not [name for name, verdict in verdicts.items() if verdict in DECISIVE]
