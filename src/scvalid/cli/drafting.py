"""The verb ``init``: a config and a sample sheet from the data files."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from scvalid.cli.typed import in_unicode

if TYPE_CHECKING:
    from scvalid.drafting.compute.draft import Draft

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_init(verbs: Parsers, *, resources: Path) -> None:
    """Add the verb with its options."""
    parser = verbs.add_parser("init", help="write config.yaml and samples.tsv, guessed from the files they are for")
    parser.add_argument("files", nargs="+", metavar="FILE", help="files, folders of a sample or of samples, or patterns")
    parser.add_argument("--out", type=Path, default=Path(), help="folder to write, default this one")
    parser.add_argument("--dataset", default="", help="name of the dataset")
    parser.add_argument("--species", choices=("human", "mouse", "rat"), default="")
    parser.add_argument("--cell-type", default="", help="what the cells are, default MSC")
    parser.add_argument("--medium", default="", help="basal, osteogenic, adipogenic, chondrogenic or other")
    parser.add_argument("--induction", default="", help="challenge beside the compound, for example none or TNF")
    parser.add_argument("--treated", default="", help="the treated arm, as names, folders or obs columns call it")
    parser.add_argument("--vehicle", default="", help="the arm that got the vehicle")
    parser.add_argument("--compound", default="", help="what was given, in any language")
    parser.add_argument("--treatment", default="", help="what was done, if it was no compound")
    parser.add_argument("--dose", default="", help="dose with its unit, for example '10 uM'")
    parser.add_argument("--exposure", default="", help="time from first contact to lysis, for example '24 h'")
    parser.add_argument("--solvent", default="", help="what the compound was dissolved in, for example 'DMSO 0.1 %%'")
    parser.add_argument("--claims", default="", help="ids of registered claims joined by commas, or a file of your own claims")
    parser.add_argument(
        "--yes",
        "--no-input",
        dest="is_quiet",
        action="store_true",
        help="ask nothing; what cannot be guessed is marked FILL IN",
    )
    parser.add_argument("--force", dest="is_forced", action="store_true", help="write over config.yaml and samples.tsv")
    parser.add_argument("--resources", type=Path, default=resources, help="folder of resources, default that of this checkout")


def init(
    *, files: Sequence[str], out: Path, claims: str, is_quiet: bool, is_forced: bool, resources: Path, **said: str
) -> None:
    """Draft a submission and write it; what was left out goes to the standard error.

    Raises
    ------
    SubmissionError
        If no file can be used, or a file of the same name is there.
    """
    from scvalid.drafting.answers import Answers, on_terminal
    from scvalid.drafting.drafting import draft_submission
    from scvalid.drafting.writing import refuse_to_overwrite, write_draft

    refuse_to_overwrite(out, is_forced=is_forced)
    named = tuple(word.strip() for word in in_unicode(claims).split(",") if word.strip())
    answers = Answers(claims=named, **{name: in_unicode(word).strip() for name, word in said.items()})
    ask = None if is_quiet or not sys.stdin.isatty() else on_terminal
    draft, findings = draft_submission(files, answers=answers, ask=ask, resources=resources, out=out)
    # answering takes a while, and someone else may have written
    refuse_to_overwrite(out, is_forced=is_forced)
    write_draft(draft, out)
    for finding in findings:
        print(f"left out: {finding}", file=sys.stderr)
    print(_summary(draft, out))


def _summary(draft: "Draft", out: Path) -> str:
    """Return what was guessed, what is still to be filled in, and the next command."""
    from scvalid.drafting.compute.config_text import FILL_IN, config_text

    donors = {row.donor_id for row in draft.rows if row.donor_id}
    arms = f"{draft.treated or '?'} v {draft.vehicle or '?'}"
    lines = [f"{out}: {len(draft.rows)} samples, {len(donors)} donors, {arms}, {draft.species or 'species not known'}."]
    lines += [f"note: {note}" for note in draft.notes]
    open_keys = [line.split(":")[0].strip() for line in config_text(draft).splitlines() if f":  {FILL_IN}" in line]
    open_keys = ["compound.name" if key == "name" else key for key in open_keys]
    if open_keys:
        lines.append(f"fill in config.yaml: {', '.join(open_keys)}")
    for column in ("donor_id", "arm"):
        if empty := sum(1 for row in draft.rows if not getattr(row, column)):
            lines.append(f"fill in samples.tsv: {column} of {empty} samples")
    return "\n".join([*lines, f"next: scvalid check {out / 'config.yaml'}"])
