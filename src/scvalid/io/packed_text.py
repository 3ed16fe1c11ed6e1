"""Gzipped text of the repository's own tables."""

import gzip
import zlib
from pathlib import Path

from scvalid.errors import ContractError, sentence, shown


def read_packed_text(source: Path, *, where: str, limit: int, fix: str) -> str:
    """Return the text of a gzipped table.

    Parameters
    ----------
    source
        The file.
    where
        How the sentence of an error calls it.
    limit
        Bytes that it may unpack to; a small file may unpack to any size.
    fix
        What to do about a damaged one.

    Raises
    ------
    ContractError
        If it is missing, damaged or too large.
    """
    try:
        with gzip.open(source) as stream:
            raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise ContractError(sentence(where, f"unpack to below {limit // 10**6} MB", "more", fix))
        return raw.decode("utf-8")
    except FileNotFoundError:
        fault = sentence(where, "exist", f"no file {shown(source)}", "Check the path.")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        fault = sentence(where, "be gzipped UTF-8 text", shown(error), fix)
    raise ContractError(fault)
