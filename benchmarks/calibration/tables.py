"""Tables of error rates and power, one file each, from the observations of all studies."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd
from benchmarks.calibration.events import FORMS, false_shares, practices
from benchmarks.calibration.intervals import Rate, mean_of_clusters, rates_by
from benchmarks.calibration.studies import PRIMARY

DESIGN = ["test", "design", "n"]


def tables_of(frame: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """Return every table under the name of its file.

    Parameters
    ----------
    frame
        Observations with events.
    """
    plain = frame[(frame["scenario"] == "plain") & (frame["fixture"] == "")]
    null, mixed = (plain[plain["kind_of_truth"] == kind] for kind in ("null", "mixed"))
    ours = frame[frame["test"] == PRIMARY]
    return {
        "type_i": _stacked(type_i(null)),
        "type_i_strata": strata(null),
        "type_i_genes": of_genes(null),
        "false_verdicts": _stacked(false_verdicts(null, mixed)),
        "false_discovery": false_discovery(mixed),
        "violations": violations(null_of(ours)),
        "set_shift": set_shift(null_of(ours)),
        "power": _stacked(power(mixed)),
        "equivalence": equivalence(null, mixed),
        "coverage": coverage(null, mixed),
        "genes": _stacked(gene_claims(ours[ours["kind_of_truth"].isin(["genes, null", "genes, mixed"])])),
        "fixtures": fixtures(frame[frame["fixture"] != ""]),
    }


def _stacked(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return one table of the parts that have rows: a practice that was not run has none."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=[*DESIGN, "event", *Rate._fields])


def null_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the observations where nothing was planted."""
    return frame[(frame["fixture"] == "") & (frame["kind_of_truth"] == "null")]


def type_i(null: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the share of p <= .05 of nothing: the primary p, those beside it, and common practice."""
    yield rates_by(null, "type I: primary", DESIGN)
    ours = null[null["test"] == PRIMARY]
    for name in ("plain t", "matched sets alone", *practices(null)):
        yield rates_by(ours, f"type I: {name}", DESIGN)


def strata(null: pd.DataFrame) -> pd.DataFrame:
    """Return type I by size and correlation of sets: over the main designs, and in each design."""
    main = null[null["design"].isin(["paired", "unpaired"]) & (null["n"] >= 3)]
    parts = [rates_by(main, event, ["test", "size", "rho_stratum"]) for event in ("type I: primary", "type I: plain t")]
    parts += [rates_by(main, "type I: primary", [*DESIGN, "size", "rho_stratum"])]
    table = _stacked(parts)
    order = ["test", "design", "n", "event", "rho_stratum", "size"]
    table[["design", "n"]] = table[["design", "n"]].astype(object).where(table["design"].notna(), "all")
    return table[[*order, *Rate._fields]]


def of_genes(null: pd.DataFrame) -> pd.DataFrame:
    """Return the share of genes with p <= .05 of nothing, mean over data sets."""
    ours = null[null["test"] == PRIMARY].drop_duplicates("dataset")
    share = (ours["n_genes_p05"] / ours["n_genes_tested"]).groupby([ours["design"], ours["n"]], sort=False)
    rows = [(*name, *mean_of_clusters(values)) for name, values in share]
    return pd.DataFrame(rows, columns=["design", "n", *Rate._fields])


def gene_claims(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield what the rule says of claims on single genes: type I, false verdicts and power by planted effect."""
    by = ["design", "n", "scenario", "kind_of_truth"]
    yield rates_by(frame, "type I: primary", by)
    for form in FORMS:
        yield rates_by(frame, f"false SUPPORTED, {form}", by)
        yield rates_by(frame, f"false CONTRADICTED, {form}", by)
        sized = frame.assign(size=frame["planted"].abs())
        yield rates_by(sized, f"SUPPORTED, {form}", [*by, "size"])
        yield rates_by(sized, f"wrong direction, {form}", [*by, "size"])


def false_verdicts(null: pd.DataFrame, mixed: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield false verdicts on null claims: all null, and beside true ones; each design, and pooled over n >= 3."""
    for frame in (null, mixed):
        at_least_three = frame[frame["n"] >= 3]
        pooled = at_least_three.assign(design=at_least_three["is_paired"].map({True: "all paired", False: "all unpaired"}), n=0)
        for form in FORMS:
            events = [f"{verdict}, {form}" for verdict in ("false SUPPORTED", "false CONTRADICTED")]
            events += [f"{name}: false SUPPORTED, {form}" for name in practices(frame)]
            for event in events:
                for part in (pooled, frame):
                    yield rates_by(part, event, ["kind_of_truth", *DESIGN])


def false_discovery(mixed: pd.DataFrame) -> pd.DataFrame:
    """Return the mean share of false verdicts among decisive ones, 8 of 20 claims true."""
    rows = []
    for (test, design, n), group in mixed.groupby(DESIGN, sort=False):
        rows += [(test, design, n, FORMS[form], *mean_of_clusters(false_shares(group, form))) for form in FORMS]
    return pd.DataFrame(rows, columns=[*DESIGN, "form", *Rate._fields])


def violations(null: pd.DataFrame) -> pd.DataFrame:
    """Return type I and false verdicts of every scenario: over its designs, and in each."""
    events = ["type I: primary", "type I: plain t", "false SUPPORTED, alone", "false CONTRADICTED, alone"]
    events += [f"{name}: false SUPPORTED, alone" for name in practices(null)]
    chosen = null[null["design"].isin(["paired", "unpaired"]) & null["n"].isin([3, 4])]
    pooled = chosen.assign(design="all", n=0)
    parts = [rates_by(part, event, ["scenario", "design", "n"]) for part in (pooled, chosen) for event in events]
    return _stacked(parts)


def set_shift(null: pd.DataFrame) -> pd.DataFrame:
    """Return the same of the shifted sets alone: their variance is not what their genes tell."""
    shifted = null[null["is_shifted"]].assign(is_fallback=null["is_fallback"].astype(object))
    events = ["type I: primary", "type I: plain t", "false SUPPORTED, alone", "false CONTRADICTED, alone", "is_fallback"]
    pooled = shifted.assign(design="all", n=0)
    parts = [rates_by(part, event, ["scenario", "design", "n"]) for part in (pooled, shifted) for event in events]
    return _stacked(parts)


def power(mixed: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield how often a planted effect is SUPPORTED, and how often its opposite is."""
    true = mixed[mixed["planted"] != 0]
    true = true.assign(effect=true["planted"].abs())
    for form in FORMS:
        events = [f"{what}, {form}" for what in ("SUPPORTED", "wrong direction")]
        for event in (*events, *(f"{name}: SUPPORTED, {form}" for name in practices(true))):
            yield rates_by(true, event, [*DESIGN, "effect"])


def equivalence(null: pd.DataFrame, mixed: pd.DataFrame) -> pd.DataFrame:
    """Return how often NO_RELEVANT_EFFECT is said where nothing was planted, and where .25 or more was."""
    parts = [rates_by(null, "NO_RELEVANT_EFFECT of none, alone", DESIGN)]
    parts += [rates_by(mixed, f"NO_RELEVANT_EFFECT of a relevant one, {form}", DESIGN) for form in FORMS]
    return _stacked(parts)


def coverage(null: pd.DataFrame, mixed: pd.DataFrame) -> pd.DataFrame:
    """Return the coverage of the 95 % interval, all null and beside true effects."""
    return _stacked([rates_by(part, "covered", ["kind_of_truth", *DESIGN]) for part in (null, mixed)])


def fixtures(frame: pd.DataFrame) -> pd.DataFrame:
    """Return how many claims got a decisive verdict where none may."""
    return rates_by(frame, "decisive, alone", ["fixture", "design", "n"])
