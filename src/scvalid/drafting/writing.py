"""Writing a draft: two files, whole or not at all, and never over what is there."""

import os
from pathlib import Path

from scvalid.drafting.compute.config_text import config_text
from scvalid.drafting.compute.draft import Draft
from scvalid.drafting.compute.sheet_text import sheet_text
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.atomic import write_text

CONFIG, SHEET = "config.yaml", "samples.tsv"


def refuse_to_overwrite(out: Path) -> None:
    """Refuse a folder that holds one of the files.

    Raises
    ------
    SubmissionError
        With one sentence for each file that is there, also one that is a broken link.
    """
    there = [out / name for name in (CONFIG, SHEET) if os.path.lexists(out / name)]
    if there:
        fix = "Name another folder with --out, or write over it with --force."
        raise SubmissionError([sentence(shown(path), "not exist yet", "a file", fix) for path in there])


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
