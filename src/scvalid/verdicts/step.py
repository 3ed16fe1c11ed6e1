"""Read claims, effects and design facts, write the verdicts of one grouping."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from scvalid.contracts.claimed import RivalsOfClaims
from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.contracts.decisions import Asked
from scvalid.contracts.recorded import Recorded
from scvalid.contracts.tables import (
    GENE_EFFECTS,
    PERMUTED,
    PROFILES,
    RECOVERY,
    RIVALS,
    SET_EFFECTS,
    SPECIFICATIONS,
    VEHICLE_SPLITS,
)
from scvalid.contracts.verdicts import DesignFile, Reason, VerdictsFile
from scvalid.errors import ContractError
from scvalid.io.atomic import replacing_folder
from scvalid.io.documents import read_model, read_yaml, sha256_of, write_model
from scvalid.io.gene_names import read_orthologs
from scvalid.io.tables import read_table
from scvalid.keys import ALL_MSC
from scvalid.settings import Context
from scvalid.verdicts.compute.covariates import with_covariates
from scvalid.verdicts.compute.decision_files.assembly import decisions_of, registration_of
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.compute.run_controls import run_controls
from scvalid.verdicts.compute.specificity import Specificity
from scvalid.verdicts.settings import VerdictsSettings

NO_RIVALS = RivalsOfClaims()


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
    specifications: Path,
    rival_effects: Path,
    permuted: Path,
    recovery: Path,
    vehicle_splits: Path,
    facts: Path,
    target: Path,
    decisions: Path,
    rivals: RivalsOfClaims = NO_RIVALS,
    caps: Sequence[Reason] = (),
    recorded: Recorded | None = None,
    contrast: str | None = None,
) -> None:
    """Judge the named claims in every state of one grouping; each verdict carries the sha256 of the file of its claim.

    In the folder ``decisions`` one file for each claim holds all that its verdicts can be worked out from again.

    ``rivals`` are what could explain each claim otherwise;
    ``caps`` are the reasons, known before any data are read, for which claims are not tested or verdicts not decisive;
    ``recorded`` is held against the treatment in each state, on the profiles that are compared there; ``contrast`` is the
    further contrast whose effects they are: the run's own error rates are told of the headline comparison alone.
    """
    registered = _choose(_read(claims), claim_ids)
    sources = {
        SET_EFFECTS: sets, GENE_EFFECTS: genes, PROFILES: profiles, SPECIFICATIONS: specifications, RIVALS: rival_effects,
        PERMUTED: permuted, RECOVERY: recovery, VEHICLE_SPLITS: vehicle_splits,
    }  # fmt: skip
    tables = {contract: read_table(source, contract) for contract, source in sources.items()}
    names = _orthologs(orthologs, context.species)
    design = _with_recorded(read_model(facts, DesignFile), recorded)
    evidences = Evidences(tables, orthologs=names)
    verdicts = judge_claims(registered, evidences, design, context=context, settings=settings, caps=caps)
    specificity = Specificity(tables[SET_EFFECTS], tables[RIVALS], rivals, orthologs=names)
    verdicts = tuple(specificity.judge(verdict) for verdict in verdicts)
    found = (
        run_controls(verdicts, tables, design.states[0], settings=settings, caps=caps, orthologs=names)
        if contrast is None and design.grouping == ALL_MSC
        else None
    )
    asked = [Asked(claim_id=claim.id, sha256=sha256) for claim, sha256 in registered.items()]
    registration = registration_of(asked, settings, context)
    whole = VerdictsFile(
        grouping=design.grouping, contrast=contrast, registration=registration, claims=verdicts, design=design, controls=found
    )
    write_model(target, whole)
    with replacing_folder(decisions) as folder:
        for decision in decisions_of(whole, settings=settings, context=context, caps=caps):
            write_model(folder / f"{decision.claim.id}.json", decision)


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
