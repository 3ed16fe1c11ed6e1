"""Verdicts on the embedded example over many seeds, beside the planted truth.

    python benchmarks/demo_seeds.py --seeds 20

Runs the real stages of the claim path in process (simulate, intake, qc, pseudobulk, pathways, verdicts), each seed in a
folder of its own, writes ``benchmarks/demo_seeds.tsv`` and prints a summary. Exit status 1 if a decisive verdict is wrong.
"""

import argparse
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.contracts.quality import Truth, TruthFile
from scvalid.contracts.verdicts import ClaimVerdict, Verdict, VerdictsFile
from scvalid.intake import step as intake
from scvalid.intake.settings import IntakeSettings
from scvalid.io.documents import read_model, read_yaml
from scvalid.pathways import step as pathways
from scvalid.pathways.settings import PathwaysSettings
from scvalid.pseudobulk import step as pseudobulk
from scvalid.pseudobulk.settings import PseudobulkSettings
from scvalid.qc import step as qc
from scvalid.qc.settings import QcSettings
from scvalid.registry.manifest import registered_gene_sets
from scvalid.settings import Context, Design, Sample
from scvalid.simulation.settings import SimulationSettings
from scvalid.simulation.step import write_submission
from scvalid.verdicts import step as verdicts
from scvalid.verdicts.settings import VerdictsSettings

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parent / "resources"
GENE_SETS = registered_gene_sets(RESOURCES / "gene_sets", "human")
DESIGN = Design(treated="icariin", vehicle="vehicle")
CONTEXT = Context(cell_type="MSC", species="human", medium="basal", induction="none")
TABLES = (
    "sets", "genes", "profiles", "specifications", "rivals", "permuted", "recovery", "vehicle_splits", "composition", "trends",
)  # fmt: skip
UNDECIDED = (Verdict.INCONCLUSIVE, Verdict.NOT_TESTABLE)


class Row(NamedTuple):
    """One claim of one seed."""

    seed: int
    claim: str
    planted: str
    expected: str
    verdict: str
    theta: str
    low90: str
    high90: str
    q: str
    outcome: str


def settle(settings: SimulationSettings, folder: Path) -> VerdictsFile:
    """Run the claim path on one simulated submission, without the run's own controls, and return its verdicts."""
    write_submission(settings=settings, gene_sets=GENE_SETS, out=folder)
    kept = [prepare(sample, folder) for sample in read_sheet(folder / "samples.tsv")]
    profiles, facts, claims = folder / "pseudobulk.h5ad", folder / "facts.json", folder / "claims.yaml"
    pseudobulk.run(settings=PseudobulkSettings(), sources=kept, states=None, target=profiles)
    registered = ClaimsFile.model_validate(read_yaml(claims)).claims
    tables = {name: folder / f"{name}.parquet" for name in TABLES}
    estimated = {"settings": PathwaysSettings(), "design": DESIGN, "seed": settings.seed, "claimed": claimed_by(registered)}
    pathways.run(**estimated, controls=False, source=profiles, gene_sets=GENE_SETS, **tables, facts=facts)
    asked = {"claims": [claims], "claim_ids": [claim.id for claim in registered]}
    read = {name: table for name, table in tables.items() if name not in ("rivals", "composition", "trends")}
    read |= {"rival_effects": tables["rivals"], "facts": facts, "orthologs": RESOURCES / "genes" / "orthologs.tsv.gz"}
    target = folder / "verdicts.json"
    verdicts.run(settings=VerdictsSettings(), context=CONTEXT, **asked, **read, target=target, decisions=folder / "decisions")
    return read_model(target, VerdictsFile)


def claimed_by(claims: Sequence[Claim]) -> Claimed:
    """Return the read-outs of claims."""
    readouts = [part.readout for claim in claims for part in claim.parts]
    sets = {readout.id for readout in readouts if readout.type in ("gene_set", "pathway")}
    return Claimed(sets=tuple(sorted(sets)), genes=tuple(sorted({r.id for r in readouts if r.type == "gene"})))


def read_sheet(sheet: Path) -> list[Sample]:
    """Return the rows of a sample sheet."""
    with sheet.open(encoding="utf-8", newline="") as stream:
        return [Sample.model_validate(row) for row in csv.DictReader(stream, delimiter="\t")]


def prepare(sample: Sample, folder: Path) -> Path:
    """Take one sample through intake and quality control; return the file of its kept cells."""
    taken, kept, summary = (folder / f"{sample.slug}.{end}" for end in ("intake.h5ad", "qc.h5ad", "qc.json"))
    intake.run(
        settings=IntakeSettings(),
        species="human",
        sample=sample,
        source=folder / sample.path,
        genes=RESOURCES / "genes" / "human.tsv.gz",
        aliases=RESOURCES / "genes" / "aliases_human.tsv.gz",
        target=taken,
    )
    qc.run(settings=QcSettings(), context=CONTEXT, source=taken, target=kept, summary=summary)
    return kept


def judge(verdict: Verdict, truth: Truth) -> str:
    """Return right, accepted, undecided (no error, but not what was called for) or WRONG."""
    if verdict == truth.expected:
        return "right"
    if verdict in truth.accepted:
        return "accepted"
    return "undecided" if verdict in UNDECIDED else "WRONG"


def rows_of(seed: int, file: VerdictsFile, truth: TruthFile) -> Iterator[Row]:
    """Yield one row a claim."""
    planted = {t.claim_id: t for t in truth.claims}
    for result in file.claims:
        own = planted[result.claim.id]
        effect = "" if own.planted_log2fc is None else f"{own.planted_log2fc:+.2f}"
        yield Row(seed, own.claim_id, effect, own.expected, result.verdict, *numbers_of(result), judge(result.verdict, own))


def numbers_of(result: ClaimVerdict) -> tuple[str, str, str, str]:
    """Return theta, its 90 % interval and q of the primary part, empty if it has none."""
    evidence = result.parts[0].evidence
    if evidence is None:
        return ("", "", "", "")
    return (f"{evidence.theta:+.4f}", f"{evidence.low90:+.4f}", f"{evidence.high90:+.4f}", f"{evidence.q:.5f}")


def write_rows(target: Path, rows: Sequence[Row]) -> None:
    """Write the table."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerows([Row._fields, *rows])


def summarise(rows: Sequence[Row]) -> str:
    """Return one line a claim: how often each verdict was reached, and how often it was right."""
    lines = []
    for claim in dict.fromkeys(row.claim for row in rows):
        own = [row for row in rows if row.claim == claim]
        reached = ", ".join(f"{name} {n}" for name, n in Counter(str(row.verdict) for row in own).most_common())
        right = sum(row.outcome == "right" for row in own)
        lines.append(f"{claim}: right {right} of {len(own)}, expected {own[0].expected}; reached {reached}")
    n_wrong = sum(row.outcome == "WRONG" for row in rows)
    return "\n".join([*lines, f"wrong decisive verdicts: {n_wrong} of {len(rows)}"])


def main() -> int:
    """Run all seeds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds, from 0")
    parser.add_argument("--cells", type=int, default=4000, help="cells of each submission")
    parser.add_argument("--donors", type=int, default=4, help="donors of each submission")
    parser.add_argument("--out", type=Path, default=HERE / "demo_seeds.tsv")
    arguments = parser.parse_args()
    rows: list[Row] = []
    for seed in range(arguments.seeds):
        with tempfile.TemporaryDirectory() as name:
            size = SimulationSettings(seed=seed, n_cells=arguments.cells, n_donors=arguments.donors)
            file = settle(size, Path(name))
            rows += rows_of(seed, file, read_model(Path(name) / "data" / "truth.json", TruthFile))
    write_rows(arguments.out, rows)
    sys.stdout.write(summarise(rows) + "\n")
    return int(any(row.outcome == "WRONG" for row in rows))


if __name__ == "__main__":
    sys.exit(main())
