"""What a person types: checks, simulation, and the files that are made from the code."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from scvalid.cli.checking import add_check, check
from scvalid.cli.claims import add_claims, show_claims
from scvalid.cli.compounds import add_compounds, show_compounds
from scvalid.cli.drafting import add_init, init
from scvalid.cli.resources import add_build_resources, add_check_resources, build
from scvalid.cli.resources import check as check_folder
from scvalid.cli.verifying import add_verify, verify_files
from scvalid.errors import SubmissionError
from scvalid.simulation.settings import SimulationSettings

RESOURCES = Path(__file__).parents[3] / "resources"
"""Where the registered gene sets lie in a checkout; an installation elsewhere names them."""

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_verbs_of_a_person(verbs: Parsers) -> None:
    """Add the verbs that a person types, with their options."""
    add_init(verbs, resources=RESOURCES)
    add_check(verbs, resources=RESOURCES)
    add_verify(verbs)
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
    add_claims(verbs, resources=RESOURCES)
    add_compounds(verbs, resources=RESOURCES)
    add_check_resources(verbs, resources=RESOURCES)
    add_build_resources(verbs, resources=RESOURCES)


def _simulate(settings: SimulationSettings, gene_sets: Sequence[Path], out: Path, **given: object) -> None:
    from scvalid.contracts.faults import sentences_of
    from scvalid.registry.manifest import registered_gene_sets
    from scvalid.simulation import step

    typed = {name: value for name, value in given.items() if value is not None and name != "data_only"}
    try:
        chosen = SimulationSettings.model_validate(settings.model_dump() | typed)
    except ValidationError as error:
        raise SubmissionError(sentences_of(error, SimulationSettings, name="scvalid simulate")) from None
    sets = gene_sets or registered_gene_sets(RESOURCES / "gene_sets", "human")
    (step.run if given["data_only"] else step.write_submission)(settings=chosen, gene_sets=sets, out=out)
    print(f"wrote {out}")


def _schemas(out: Path) -> None:
    from scvalid.documentation import write_documentation

    write_documentation(out)


VERBS_OF_A_PERSON: dict[str, Callable[..., int | None]] = {
    "init": init,
    "check": check,
    "verify": verify_files,
    "simulate": _simulate,
    "schemas": _schemas,
    "claims": show_claims,
    "compounds": show_compounds,
    "check-resources": check_folder,
    "build-resources": build,
}
