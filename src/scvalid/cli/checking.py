"""The verb ``check``: every fault of a submission at once, and what its claims cannot show."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from scvalid.submission import Submission

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_check(verbs: Parsers, *, resources: Path) -> None:
    """Add the verb with its options."""
    parser = verbs.add_parser("check", help="say everything that is wrong with a submission, run nothing")
    parser.add_argument("config", type=Path, help="config.yaml of the submission")
    parser.add_argument("--resources", type=Path, default=resources, help="folder of resources, default that of this checkout")


def check(config: Path, resources: Path) -> None:
    """Check a submission; print what is doubtful about one that nothing speaks against.

    Raises
    ------
    SubmissionError
        With one sentence a fault.
    """
    from scvalid.io.documents import read_yaml
    from scvalid.submission import check_submission, load_submission, notes_of_sets

    submission = load_submission(read_yaml(config), config, resources=resources)
    check_submission(submission, resources=resources)
    print(f"{config}: {len(submission.samples)} samples, {len(submission.claims.claims)} claims, nothing to object to.")
    for note in [*notes_of_sets(submission, resources), *_of_context(submission, resources), *_not_testable(submission)]:
        print(f"note: {note}")


def _of_context(submission: "Submission", resources: Path) -> Iterator[str]:
    """Say what the words of the config switch off, and an InChIKey that is not the library's."""
    from scvalid.registry.compounds.reading import IN_RESOURCES, read_compounds
    from scvalid.registry.compounds.search import identify_compound
    from scvalid.settings.vocabulary import MSC

    cell_type, compound = submission.config.context.cell_type, submission.config.compound
    if cell_type != MSC:
        yield f"the cell type is {cell_type}: the identity of MSC is not checked, and claims on MSC are NOT TESTABLE."
    if compound is None or compound.inchikey is None:
        return
    library = read_compounds(resources / IN_RESOURCES)
    for known in identify_compound(library, name=compound.name, name_zh=compound.name_zh):
        if known.inchikey and known.inchikey != compound.inchikey:
            yield f"the library has {known.inchikey} for {known.name}: check salt, tautomer and compound.inchikey."


def _not_testable(submission: "Submission") -> Iterator[str]:
    """Say of each claim that these data cannot decide, whatever they hold, why: better now than in the report."""
    from scvalid.reporting.catalogue import load_catalogue
    from scvalid.reporting.wording import say_reason
    from scvalid.verdicts.compute.gates import gate_of_claim, gate_of_part

    catalogue = load_catalogue("en")
    for claim in submission.claims.claims:
        gate = gate_of_claim(claim, submission.config.context) or gate_of_part(claim.primary)
        if gate is not None:
            yield f"claim {claim.id} will be NOT TESTABLE. {say_reason(catalogue, gate)}"
