"""A claim in the columns of a terminal: nothing of it is lost and no line is too wide."""

import pytest

from scvalid.registry.claims.reading import read_claims
from scvalid.registry.claims.sheet import ClaimWriter
from scvalid.registry.compounds.reading import read_compounds
from scvalid.registry.terminal import width_of


@pytest.fixture(scope="module")
def claims(repository):
    return {row.claim.id: row for row in read_claims(repository / "resources" / "claims")}


@pytest.fixture(scope="module")
def library(repository):
    return read_compounds(repository / "resources" / "compounds" / "compounds.tsv")


def test_each_claim_of_the_list_says_its_testability_and_why(claims, library):
    writer = ClaimWriter(library, width=100)
    for row in claims.values():
        block = " ".join(writer.block(row).split())
        assert f"testability {row.claim.testability.level}: {row.claim.testability.why}" in block


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal(claims, library, width, language):
    writer = ClaimWriter(library, width=width, language=language)
    for row in claims.values():
        lines = (writer.block(row) + "\n" + writer.sheet(row, opponents=())).split("\n")
        # a closing mark may hang over, and the path of a file is what it is
        assert max(width_of(line.rstrip("。,)")) for line in lines) <= width
