"""Read claims, effects and design facts, write the verdicts of one grouping."""

import hashlib
from pathlib import Path

from pydantic import ValidationError

from scvalid.contracts.claims import ClaimsFile
from scvalid.contracts.tables import GENE_EFFECTS, PROFILES, SET_EFFECTS
from scvalid.contracts.verdicts import DesignFile, VerdictsFile
from scvalid.errors import ContractError
from scvalid.io.documents import read_model, read_yaml, write_model
from scvalid.io.tables import read_table
from scvalid.settings import Context
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.settings import VerdictsSettings


def run(
    *,
    settings: VerdictsSettings,
    context: Context,
    claims: Path,
    sets: Path,
    genes: Path,
    profiles: Path,
    facts: Path,
    target: Path,
) -> None:
    """Judge every registered claim in every state of one grouping."""
    try:
        registered = ClaimsFile.model_validate(read_yaml(claims))
    except ValidationError as error:
        msg = f"{claims.name}: {error}"
        raise ContractError(msg) from error
    evidences = Evidences(read_table(sets, SET_EFFECTS), read_table(genes, GENE_EFFECTS), read_table(profiles, PROFILES))
    design = read_model(facts, DesignFile)
    verdicts = judge_claims(registered, evidences, design, context=context, settings=settings)
    # settings and context belong to the registration: with another threshold it is another question
    asked = (settings.model_dump_json(), context.model_dump_json())
    registration = hashlib.sha256(claims.read_bytes() + "".join(asked).encode()).hexdigest()
    write_model(target, VerdictsFile(grouping=design.grouping, registration=registration, claims=verdicts, design=design))
