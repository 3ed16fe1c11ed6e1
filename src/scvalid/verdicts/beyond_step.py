"""Read the verdicts of several contrasts, write what holds in each of them."""

from collections.abc import Sequence
from pathlib import Path

from scvalid.contracts.verdicts import BeyondFile, VerdictsFile
from scvalid.io.documents import read_model, write_model
from scvalid.verdicts.compute.beyond import judge_beyond
from scvalid.verdicts.settings import VerdictsSettings


def run(*, settings: VerdictsSettings, own: Path, others: Sequence[Path], target: Path) -> None:
    """Judge every claim of one contrast over that contrast and others."""
    files = [read_model(source, VerdictsFile) for source in (own, *others)]
    names = [file.contrast or "" for file in files]
    claims = judge_beyond(files, alpha=settings.alpha)
    write_model(target, BeyondFile(contrast=names[0], beyond=tuple(names[1:]), claims=claims))
