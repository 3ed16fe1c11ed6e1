"""The verbs that check the folder ``resources/`` and rebuild it from its source archives."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from scvalid.errors import SubmissionError

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_check_resources(verbs: Parsers, *, resources: Path) -> None:
    """Add the verb ``check-resources``."""
    check = verbs.add_parser("check-resources", help="say all that is wrong with registered claims, compounds and sets")
    check.add_argument("--resources", type=Path, default=resources, help="the folder, default that of this checkout")


def check(resources: Path) -> None:
    """Check, and say what was looked at.

    Raises
    ------
    SubmissionError
        With one sentence a fault.
    """
    from scvalid.registry.check.resources import check_resources

    found = check_resources(resources)
    if found.findings:
        raise SubmissionError(found.findings)
    looked_at = f"{found.n_claims} claims, {found.n_compounds} compounds, {found.n_sets} gene sets of three species"
    print(f"{resources}: {looked_at}, nothing to object to.")


def add_build_resources(verbs: Parsers, *, resources: Path) -> None:
    """Add the verb ``build-resources``."""
    build = verbs.add_parser("build-resources", help="rebuild gene names and gene sets from their sources (for developers)")
    build.add_argument(
        "--sources", type=Path, nargs="*", default=(), help="folders with source archives; others stay as they are"
    )
    build.add_argument("--out", type=Path, default=resources, help="the folder resources, default that of this checkout")


def build(sources: Sequence[Path], out: Path) -> None:
    """Rebuild, and say of each file what became of it."""
    from scvalid.registry.rebuild.resources import build_resources

    for outcome in build_resources(sources=sources, out=out):
        print(f"{outcome.state:<20}{outcome.file}{f'  (get {outcome.needs})' if outcome.needs else ''}")
