"""Kang's donors, taken through the stages once."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared/data/kang2018_ifnb"


@pytest.fixture(scope="session")
def kang():
    if not SHARED.is_dir():
        pytest.skip(f"shared data missing: {SHARED.name}")
    from benchmarks.calibration.real.data import read_kang

    return read_kang()
