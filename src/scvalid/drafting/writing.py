"""Writing a draft: two files, whole or not at all, and never over what is there."""

import os
from pathlib import Path

from scvalid.drafting.compute.config_text import config_text
from scvalid.drafting.compute.draft import Draft
from scvalid.drafting.compute.sheet_text import sheet_text
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.atomic import write_text

CONFIG, SHEET = "config.yaml", "samples.tsv"


def refuse_to_overwrite(out: Path, *, is_forced: bool) -> None:
    """Refuse a folder that holds one of the files, and even by force what is no plain file.

    Raises
    ------
    SubmissionError
        With one sentence for each that is there, also one that is a broken link.
    """
    there = [out / name for name in (CONFIG, SHEET) if os.path.lexists(out / name)]
    fix = "Name another folder with --out, or write over it with --force."
    faults = [sentence(shown(path), "not exist yet", "a file", fix) for path in there if not is_forced]
    if is_forced:
        others = {path: "a link" if path.is_symlink() else "a folder" for path in there if path.is_symlink() or path.is_dir()}
        fix = "Remove it, or name another folder with --out."
        faults = [sentence(shown(path), "be a file, or not exist yet", got, fix) for path, got in others.items()]
    if faults:
        raise SubmissionError(faults)


def write_draft(draft: Draft, out: Path) -> None:
    """Write config.yaml and samples.tsv.

    Raises
    ------
    SubmissionError
        If the folder cannot be written to.
    """
    try:
        write_text(out / SHEET, sheet_text(draft.rows))
        write_text(out / CONFIG, config_text(draft))
    except OSError as error:
        got = shown(error.strerror or type(error).__name__)
        fault = sentence(shown(out), "be a folder that can be written to", got, "Name another with --out.")
        raise SubmissionError([fault]) from None
