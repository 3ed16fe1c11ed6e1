"""The command ``scvalid``: one verb per rule of the workflow, and what a person types.

Heavy libraries are imported by the verb that needs them, so that ``--help`` and ``check`` answer at once.
"""

import argparse
import codecs
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from scvalid import __version__
from scvalid.cli.people import VERBS_OF_A_PERSON, add_verbs_of_a_person
from scvalid.cli.stages import add_verbs_of_the_atlas, add_verbs_of_the_claims
from scvalid.errors import ScvalidError

READER_LEFT = 141
"""What a shell calls a command that was ended by SIGPIPE."""
OUTPUT_LOST = 74
"""EX_IOERR of sysexits.h."""
STEPS = {"beyond": "verdicts.beyond_step"}
"""Verbs that are not the one step of the stage of their name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return 0, or 1 if it refuses: with its findings, or with the text of an error raised on purpose."""
    _speak_any_language()
    given = vars(_parser().parse_args(arguments))
    verb = given.pop("verb")
    try:
        if verb in VERBS_OF_A_PERSON:
            return _run_for_a_person(VERBS_OF_A_PERSON[verb], given)
        import_module(f"scvalid.{STEPS.get(verb, verb + '.step')}").run(**given)
    except ScvalidError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run_for_a_person(run: Callable[..., int | None], given: dict[str, Any]) -> int:
    """Run a verb whose output may go to a pipe that is closed early, as by ``| head``; return the status that it gives."""
    try:
        status = run(**given) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends, and would complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(f"the output could not be written: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_LOST
    return status


def _speak_any_language() -> None:
    """Let Chinese names and quoted input be printed whatever the locale; a letter the terminal has not is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # ASCII is what Python assumes where no locale is set; UTF-8 says the same of the letters that ASCII has
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scvalid", description=__doc__.split("\n\n")[0])
    parser.add_argument("--version", action="version", version=f"scvalid {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    add_verbs_of_a_person(verbs)
    add_verbs_of_the_atlas(verbs)
    add_verbs_of_the_claims(verbs)
    return parser
