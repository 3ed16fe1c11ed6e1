"""One verb per rule of the workflow; each takes exactly what ``run`` of its stage takes."""

import argparse
import json
from pathlib import Path
from typing import TypeAlias

from pydantic import TypeAdapter

from scvalid.clustering.settings import ClusteringSettings
from scvalid.contracts.claimed import Claimed, RivalsOfClaims
from scvalid.contracts.recorded import Recorded
from scvalid.contracts.verdicts import Reason
from scvalid.intake.settings import IntakeSettings
from scvalid.integration.settings import IntegrationSettings
from scvalid.pathways.settings import PathwaysSettings
from scvalid.pseudobulk.settings import PseudobulkSettings
from scvalid.qc.settings import QcSettings
from scvalid.reporting.settings import ReportingSettings
from scvalid.retrieval.settings import RetrievalSettings
from scvalid.settings import Context, Design, Sample
from scvalid.verdicts.settings import VerdictsSettings

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


_REASONS: TypeAdapter[tuple[Reason, ...]] = TypeAdapter(tuple[Reason, ...])


def add_verbs_of_the_atlas(verbs: Parsers) -> None:
    """Add the stages up to cell states."""
    retrieval = verbs.add_parser("retrieval", help="one file of an https address, checked")
    retrieval.add_argument("--settings", type=RetrievalSettings.model_validate_json, required=True)
    retrieval.add_argument("--url", required=True)
    retrieval.add_argument("--sha256", required=True)
    _add_paths(retrieval, "target")
    intake = verbs.add_parser("intake", help="one submitted sample to checked counts")
    intake.add_argument("--settings", type=IntakeSettings.model_validate_json, required=True)
    intake.add_argument("--sample", type=Sample.model_validate_json, required=True)
    intake.add_argument("--species", required=True)
    intake.add_argument("--aliases", type=Path, nargs="?", help="table of outdated gene names; rat has none")
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


def add_verbs_of_the_claims(verbs: Parsers) -> None:
    """Add the stages from sums per donor to the report."""
    pseudobulk = verbs.add_parser("pseudobulk", help="sums of counts per donor x arm (x state)")
    pseudobulk.add_argument("--settings", type=PseudobulkSettings.model_validate_json, required=True)
    pseudobulk.add_argument("--states", type=Path, help="table of cell states; without it all cells are summed")
    _add_paths(pseudobulk, "sources", "target")
    pathways = verbs.add_parser("pathways", help="effects on sets and genes")
    pathways.add_argument("--settings", type=PathwaysSettings.model_validate_json, required=True)
    pathways.add_argument("--design", type=Design.model_validate_json, required=True)
    pathways.add_argument("--seed", type=int, required=True)
    pathways.add_argument("--gene-sets", type=Path, nargs="*", default=(), help="registered sets of the panel")
    pathways.add_argument("--aliases", type=Path, nargs="?", help="table of outdated gene names; rat has none")
    pathways.add_argument("--other-gene-sets", type=Path, nargs="*", default=(), help="sets scored but not informing")
    pathways.add_argument(
        "--claimed", type=Claimed.model_validate_json, default=Claimed(), help="read-outs of the claims, as JSON"
    )
    pathways.add_argument("--orthologs", type=Path, help="table of orthologs, for claims on genes of human")
    pathways.add_argument("--species", default="human", help="what the data call genes by")
    pathways.add_argument(
        "--controls",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="permuted labels, planted effects, vehicle splits",
    )
    _add_paths(pathways, "source", "sets", "genes", "profiles", "facts", "specifications", "rivals", "permuted", "recovery")
    _add_paths(pathways, "vehicle-splits", "composition", "trends")
    verdicts = verbs.add_parser("verdicts", help="a verdict with its reasons on every claim")
    verdicts.add_argument("--settings", type=VerdictsSettings.model_validate_json, required=True)
    verdicts.add_argument("--context", type=Context.model_validate_json, required=True)
    verdicts.add_argument("--claims", type=Path, nargs="+", required=True, help="files of claims")
    verdicts.add_argument("--claim-ids", nargs="+", required=True, help="which of them are tested, in this order")
    verdicts.add_argument("--caps", type=_REASONS.validate_json, default=(), help="why no verdict may be decisive, as JSON")
    verdicts.add_argument("--recorded", type=Recorded.model_validate_json, help="what was recorded of a donor x arm, as JSON")
    rivals_help = "what could explain the effects of claims otherwise, packed"
    verdicts.add_argument("--rivals", type=RivalsOfClaims.of_packed, default=RivalsOfClaims(), help=rivals_help)
    _add_paths(verdicts, "orthologs", "sets", "genes", "profiles", "specifications", "rival-effects", "permuted", "recovery")
    _add_paths(verdicts, "vehicle-splits", "facts", "target", "decisions")
    verdicts.add_argument("--contrast", help="name of the further contrast whose effects they are; the headline without it")
    beyond = verbs.add_parser("beyond", help="what holds in each of several contrasts")
    beyond.add_argument("--settings", type=VerdictsSettings.model_validate_json, required=True)
    beyond.add_argument("--others", type=Path, nargs="+", required=True, help="verdicts of the contrasts to go beyond")
    _add_paths(beyond, "own", "target")
    reporting = verbs.add_parser("reporting", help="report.html and verdicts.json")
    reporting.add_argument("--settings", type=ReportingSettings.model_validate_json, required=True)
    reporting.add_argument("--submission", type=json.loads, required=True)
    reporting.add_argument("--truth", type=Path)
    reporting.add_argument("--contrasts", type=Path, nargs="*", default=(), help="verdicts of further contrasts")
    reporting.add_argument("--beyond", type=Path, nargs="*", default=(), help="what holds in several of them")
    _add_paths(reporting, "all-msc", "by-state", "quality", "integration", "clustering", "states", "markers", "set-effects")
    _add_paths(reporting, "composition", "trends")
    _add_paths(reporting, "html", "verdicts")


def _add_paths(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(f"--{name}", type=Path, required=True, nargs="+" if name in {"sources", "quality"} else None)
