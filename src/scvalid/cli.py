"""The command ``scvalid``: one verb per rule of the workflow, and what a person types.

Heavy libraries are imported by the verb that needs them, so that ``--help`` and ``check`` answer at once.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from scvalid import __version__
from scvalid.clustering.settings import ClusteringSettings
from scvalid.errors import ScvalidError, SubmissionError
from scvalid.intake.settings import IntakeSettings
from scvalid.integration.settings import IntegrationSettings
from scvalid.pathways.settings import PathwaysSettings
from scvalid.pseudobulk.settings import PseudobulkSettings
from scvalid.qc.settings import QcSettings
from scvalid.reporting.settings import ReportingSettings
from scvalid.settings import Context, Design, Sample
from scvalid.simulation.settings import SimulationSettings
from scvalid.verdicts.settings import VerdictsSettings

RESOURCES = Path(__file__).parents[2] / "resources"
"""Where the registered gene sets lie in a checkout; an installation elsewhere names them."""

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return 0, or 1 after the text of an error that was raised on purpose."""
    given = vars(_parser().parse_args(arguments))
    verb = given.pop("verb")
    try:
        if verb in VERBS_OF_A_PERSON:
            VERBS_OF_A_PERSON[verb](**given)
        else:
            import_module(f"scvalid.{verb}.step").run(**given)
    except ScvalidError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _check(config: Path) -> None:
    from scvalid.io.documents import read_yaml
    from scvalid.submission import check_submission, load_submission

    submission = load_submission(read_yaml(config), config)
    check_submission(submission, gene_sets=RESOURCES / "gene_sets")
    print(f"{config}: {len(submission.samples)} samples, {len(submission.claims.claims)} claims, nothing to object to.")


def _simulate(settings: SimulationSettings, gene_sets: Sequence[Path], out: Path, **given: object) -> None:
    from scvalid.simulation import step
    from scvalid.submission.config import sentences_of

    typed = {name: value for name, value in given.items() if value is not None and name != "data_only"}
    try:
        chosen = SimulationSettings.model_validate(settings.model_dump() | typed)
    except ValidationError as error:
        raise SubmissionError(sentences_of(error, SimulationSettings, name="scvalid simulate")) from None
    sets = gene_sets or sorted((RESOURCES / "gene_sets").glob("*_human*.tsv*"))
    if not sets:
        raise SubmissionError(["scvalid simulate needs the registered gene sets. Got none. Name them with --gene-sets."])
    (step.run if given["data_only"] else step.write_submission)(settings=chosen, gene_sets=sets, out=out)
    print(f"wrote {out}")


def _schemas(out: Path) -> None:
    from scvalid.submission.documentation import write_documentation

    write_documentation(out)


VERBS_OF_A_PERSON: dict[str, Callable[..., None]] = {"check": _check, "simulate": _simulate, "schemas": _schemas}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scvalid", description=__doc__.split("\n\n")[0])
    parser.add_argument("--version", action="version", version=f"scvalid {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    _add_verbs_of_a_person(verbs)
    _add_verbs_of_the_atlas(verbs)
    _add_verbs_of_the_claims(verbs)
    return parser


def _add_verbs_of_a_person(verbs: Parsers) -> None:
    check = verbs.add_parser("check", help="say everything that is wrong with a submission, run nothing")
    check.add_argument("config", type=Path, help="config.yaml of the submission")
    schemas = verbs.add_parser("schemas", help="write the generated schemas, table of keys and example (for developers)")
    schemas.add_argument("--out", type=Path, required=True, help="root of the repository")
    simulate = verbs.add_parser("simulate", help="write an MSC-like submission with a planted truth")
    simulate.add_argument("--out", type=Path, required=True, help="folder to write")
    simulate.add_argument("--settings", type=SimulationSettings.model_validate_json, default=SimulationSettings())
    simulate.add_argument("--seed", type=int, help="seed, default 0")
    simulate.add_argument("--cells", dest="n_cells", type=int, help="cells of all samples together, default 4000")
    simulate.add_argument("--donors", dest="n_donors", type=int, help="donors, default 4")
    simulate.add_argument(
        "--gene-sets", type=Path, nargs="*", default=(), help="registered sets, default those of this checkout"
    )
    simulate.add_argument("--data-only", action="store_true", help="sample files and truth, without config, sheet and claims")


def _add_verbs_of_the_atlas(verbs: Parsers) -> None:
    intake = verbs.add_parser("intake", help="one submitted sample to checked counts")
    intake.add_argument("--settings", type=IntakeSettings.model_validate_json, required=True)
    intake.add_argument("--sample", type=Sample.model_validate_json, required=True)
    intake.add_argument("--species", required=True)
    _add_paths(intake, "source", "genes", "target")
    qc = verbs.add_parser("qc", help="cells kept or refused, and why")
    qc.add_argument("--settings", type=QcSettings.model_validate_json, required=True)
    qc.add_argument("--context", type=Context.model_validate_json, required=True)
    _add_paths(qc, "source", "target", "summary")
    integration = verbs.add_parser("integration", help="batch-corrected embedding")
    integration.add_argument("--settings", type=IntegrationSettings.model_validate_json, required=True)
    integration.add_argument("--seed", type=int, required=True)
    _add_paths(integration, "sources", "target", "summary")
    clustering = verbs.add_parser("clustering", help="cell states and their markers")
    clustering.add_argument("--settings", type=ClusteringSettings.model_validate_json, required=True)
    clustering.add_argument("--seed", type=int, required=True)
    _add_paths(clustering, "sources", "embedding", "target", "markers", "summary")


def _add_verbs_of_the_claims(verbs: Parsers) -> None:
    pseudobulk = verbs.add_parser("pseudobulk", help="sums of counts per donor x arm (x state)")
    pseudobulk.add_argument("--settings", type=PseudobulkSettings.model_validate_json, required=True)
    pseudobulk.add_argument("--states", type=Path, help="table of cell states; without it all cells are summed")
    _add_paths(pseudobulk, "sources", "target")
    pathways = verbs.add_parser("pathways", help="effects on sets and genes")
    pathways.add_argument("--settings", type=PathwaysSettings.model_validate_json, required=True)
    pathways.add_argument("--design", type=Design.model_validate_json, required=True)
    pathways.add_argument("--seed", type=int, required=True)
    pathways.add_argument("--gene-sets", type=Path, nargs="*", default=(), help="registered sets")
    pathways.add_argument("--own-gene-sets", type=Path, nargs="*", default=(), help="sets of the lab")
    _add_paths(pathways, "source", "sets", "genes", "profiles", "facts")
    verdicts = verbs.add_parser("verdicts", help="a verdict with its reasons on every claim")
    verdicts.add_argument("--settings", type=VerdictsSettings.model_validate_json, required=True)
    verdicts.add_argument("--context", type=Context.model_validate_json, required=True)
    _add_paths(verdicts, "claims", "sets", "genes", "profiles", "facts", "target")
    reporting = verbs.add_parser("reporting", help="report.html and verdicts.json")
    reporting.add_argument("--settings", type=ReportingSettings.model_validate_json, required=True)
    reporting.add_argument("--submission", type=json.loads, required=True)
    reporting.add_argument("--truth", type=Path)
    _add_paths(reporting, "all-msc", "by-state", "quality", "integration", "clustering", "states", "markers", "set-effects")
    _add_paths(reporting, "html", "verdicts")


def _add_paths(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(f"--{name}", type=Path, required=True, nargs="+" if name in {"sources", "quality"} else None)
