"""Read claims, effects and design facts, write the verdicts of one grouping."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.contracts.recorded import Recorded
from scvalid.contracts.tables import GENE_EFFECTS, PROFILES, SET_EFFECTS
from scvalid.contracts.verdicts import DesignFile, Reason, VerdictsFile
from scvalid.errors import ContractError
from scvalid.io.documents import read_model, read_yaml, sha256_of, write_model
from scvalid.io.gene_names import read_orthologs
from scvalid.io.tables import read_table
from scvalid.settings import Context
from scvalid.verdicts.compute.covariates import with_covariates
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.settings import VerdictsSettings


def run(
    *,
    settings: VerdictsSettings,
    context: Context,
    claims: Sequence[Path],
    claim_ids: Sequence[str],
    orthologs: Path,
    sets: Path,
    genes: Path,
    profiles: Path,
    facts: Path,
    target: Path,
    caps: Sequence[Reason] = (),
    recorded: Recorded | None = None,
) -> None:
    """Judge the named claims in every state of one grouping; each verdict carries the sha256 of the file of its claim.

    ``caps`` are the reasons, known before any data are read, for which claims are not tested or verdicts not decisive;
    ``recorded`` is held against the treatment in each state, on the profiles that are compared there.
    """
    registered = _choose(_read(claims), claim_ids)
    tables = read_table(sets, SET_EFFECTS), read_table(genes, GENE_EFFECTS), read_table(profiles, PROFILES)
    evidences = Evidences(*tables, orthologs=_orthologs(orthologs, context.species))
    design = _with_recorded(read_model(facts, DesignFile), recorded)
    verdicts = judge_claims(registered, evidences, design, context=context, settings=settings, caps=caps)
    # settings and context belong to the registration: with another threshold it is another question
    asked = [f"{claim.id} {sha256}" for claim, sha256 in registered.items()]
    asked += [settings.model_dump_json(), context.model_dump_json()]
    registration = hashlib.sha256("\n".join(asked).encode()).hexdigest()
    write_model(target, VerdictsFile(grouping=design.grouping, registration=registration, claims=verdicts, design=design))


def _with_recorded(design: DesignFile, recorded: Recorded | None) -> DesignFile:
    if recorded is None:
        return design
    return design.model_copy(update={"states": tuple(with_covariates(facts, recorded) for facts in design.states)})


def _orthologs(table: Path, species: str) -> dict[str, str] | None:
    if species == "human":
        return None
    return {human: ortholog.symbol for human, ortholog in read_orthologs(table, species=species).items()}


def _read(files: Sequence[Path]) -> dict[str, tuple[Claim, str]]:
    found: dict[str, tuple[Claim, str]] = {}
    for source in files:
        try:
            claims = ClaimsFile.model_validate(read_yaml(source)).claims
        except ValidationError as error:
            msg = f"{source.name}: {error}"
            raise ContractError(msg) from error
        sha256 = sha256_of(source)
        found |= {claim.id: (claim, sha256) for claim in claims}
    return found


def _choose(found: dict[str, tuple[Claim, str]], claim_ids: Sequence[str]) -> dict[Claim, str]:
    lacking = [claim_id for claim_id in claim_ids if claim_id not in found]
    if lacking:
        msg = f"the files of claims do not hold {', '.join(lacking)}"
        raise ContractError(msg)
    return dict(found[claim_id] for claim_id in claim_ids)
