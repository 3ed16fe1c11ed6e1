"""What can happen to a claim on a set of known truth, as columns of the observations."""

from typing import Final

import numpy as np
import pandas as pd

from scvalid.stats.multiple_testing import benjamini_hochberg

ALPHA: Final = 0.05
DELTA: Final = 0.25
FORMS: Final = {"alone": "one claim", "family": "BH over 20"}


def with_events(observed: pd.DataFrame) -> pd.DataFrame:
    """Return the observations with a column for each event; it is missing where the event cannot happen.

    Parameters
    ----------
    observed
        What ``runner.run`` returns.
    """
    frame = observed.copy()
    is_null, is_tested = (frame["planted"] == 0), frame["p_donor"].notna()
    frame["type I: primary"] = _where(frame["p_donor"] <= ALPHA, is_null & is_tested)
    frame["type I: plain t"] = _where(frame["p_plain"] <= ALPHA, is_null & is_tested)
    frame["type I: matched sets alone"] = _where(frame["p_matched"] <= ALPHA, is_null & frame["p_matched"].notna())
    for form in FORMS:
        _add_verdicts(frame, form, is_null)
    covered = (frame["low95"] <= frame["truth"]) & (frame["truth"] <= frame["high95"])
    frame["covered"] = _where(covered, is_tested)
    for name in practices(frame):
        _add_practice(frame, name, is_null)
    return frame


def practices(frame: pd.DataFrame) -> list[str]:
    """Return the names of the common practices that were run."""
    return [column.removeprefix("p: ") for column in frame if str(column).startswith("p: ")]


def is_decisive(verdicts: pd.Series) -> pd.Series:
    """Return which verdicts say that there is an effect."""
    return verdicts.isin(["SUPPORTED", "CONTRADICTED"])


def _where(happened: pd.Series, can_happen: pd.Series) -> pd.Series:
    return happened.astype(object).where(can_happen, None)


def _add_verdicts(frame: pd.DataFrame, form: str, is_null: pd.Series) -> None:
    verdict, is_relevant = frame[f"verdict_{form}"], frame["planted"].abs() >= DELTA
    frame[f"false SUPPORTED, {form}"] = _where(verdict == "SUPPORTED", is_null)
    frame[f"false CONTRADICTED, {form}"] = _where(verdict == "CONTRADICTED", is_null)
    frame[f"SUPPORTED, {form}"] = _where(verdict == "SUPPORTED", ~is_null)
    frame[f"wrong direction, {form}"] = _where(verdict == "CONTRADICTED", ~is_null)
    frame[f"NO_RELEVANT_EFFECT of a relevant one, {form}"] = _where(verdict == "NO_RELEVANT_EFFECT", is_relevant)
    frame[f"NO_RELEVANT_EFFECT of none, {form}"] = _where(verdict == "NO_RELEVANT_EFFECT", is_null)
    frame[f"decisive, {form}"] = is_decisive(verdict).astype(object)


def _add_practice(frame: pd.DataFrame, name: str, is_null: pd.Series) -> None:
    """Add what calling every p <= .05 an effect would do; q by Benjamini & Hochberg over the claims of a data set."""
    p, was_run = frame[f"p: {name}"], frame[f"p: {name}"].notna()
    is_as_claimed = frame[f"sign: {name}"] == frame["sign"]
    own = p[was_run].astype(float)
    q = own.groupby([frame["dataset"], frame["test"]]).transform(lambda of_dataset: benjamini_hochberg(of_dataset.to_numpy()))
    q = q.reindex(p.index)
    frame[f"type I: {name}"] = _where(p <= ALPHA, is_null & was_run)
    for form, value in (("alone", p), ("family", q)):
        frame[f"{name}: false SUPPORTED, {form}"] = _where((value <= ALPHA) & is_as_claimed, is_null & was_run)
        frame[f"{name}: SUPPORTED, {form}"] = _where((value <= ALPHA) & is_as_claimed, ~is_null & was_run)


def false_shares(frame: pd.DataFrame, form: str) -> pd.Series:
    """Return, for each data set with true effects, the share of its decisive verdicts that are false; 0 where there is none.

    A verdict is false if nothing was planted, or the other sign.
    """
    mixed = frame[frame["kind_of_truth"] == "mixed"]
    decisive = is_decisive(mixed[f"verdict_{form}"])
    false = decisive & ((mixed["planted"] == 0) | (mixed[f"verdict_{form}"] == "CONTRADICTED"))
    sums = pd.DataFrame({"decisive": decisive, "false": false}).groupby(mixed["dataset"]).sum()
    return sums["false"] / np.maximum(sums["decisive"], 1)
