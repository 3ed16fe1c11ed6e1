"""The verb that rebuilds the files of ``resources/`` from their source archives."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_build_resources(verbs: Parsers, *, resources: Path) -> None:
    """Add the verb ``build-resources``."""
    build = verbs.add_parser("build-resources", help="rebuild gene names and gene sets from their sources (for developers)")
    build.add_argument(
        "--sources", type=Path, nargs="*", default=(), help="folders with source archives; others stay as they are"
    )
    build.add_argument("--out", type=Path, default=resources, help="the folder resources, default that of this checkout")


def build(sources: Sequence[Path], out: Path) -> None:
    """Rebuild, and say of each file what became of it."""
    from scvalid.registry.building import build_resources

    for outcome in build_resources(sources=sources, out=out):
        print(f"{outcome.state:<20}{outcome.file}{f'  (get {outcome.needs})' if outcome.needs else ''}")
