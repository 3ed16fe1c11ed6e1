"""Figures of the calibration: rates as dots with 95 % intervals, the bound as a line, common practice in grey."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from benchmarks.calibration.events import FORMS
from benchmarks.calibration.studies import PRIMARY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OURS, PLAIN_T, PRACTICE = "#0b6e4f", "#d08c2e", "#8a8f98"
LEAST_SHOWN: Final = 5e-4
"""Rates of nothing stand at the edge of a logarithmic axis."""


def draw(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write the figures of the tables as SVG, the same bytes for the same tables.

    Parameters
    ----------
    tables
        What ``tables.tables_of`` returns.
    folder
        Where to.
    """
    import matplotlib as mpl

    mpl.use("svg")
    settings = {"svg.hashsalt": "calibration", "font.size": 8, "axes.spines.top": False, "axes.spines.right": False}
    with mpl.rc_context(settings):
        _type_i(tables["type_i"], folder / "type_i.svg")
        _strata(tables["type_i_strata"], folder / "type_i_strata.svg")
        _violations(tables["violations"], folder / "violations.svg")
        _power(tables["power"], folder / "power.svg")


def _type_i(table: pd.DataFrame, target: Path) -> None:
    figure, axes = _figure(1, width=6.5, height=6.5)
    names = list(dict.fromkeys(table["event"]))
    ours = table[table["test"] == PRIMARY]
    designs = list(dict.fromkeys(zip(ours["design"], ours["n"], strict=True)))
    for event in names:
        rows = ours[ours["event"] == event].set_index(["design", "n"])
        places = [designs.index(key) for key in rows.index]
        label = event.removeprefix("type I: ")
        color = OURS if label == "primary" else PLAIN_T if label == "plain t" else PRACTICE
        marker = "os^vDPX"[names.index(event) % 7]
        _dots(
            axes[0],
            rows,
            np.array(places) + 0.08 * (names.index(event) - len(names) / 2),
            color=color,
            marker=marker,
            label=label,
        )
    _label_rows(axes[0], [f"{design}, n = {n}" for design, n in designs])
    axes[0].axvspan(0.03, 0.06, color=OURS, alpha=0.12, lw=0)
    axes[0].set(xscale="log", xlabel="share of p ≤ .05 where nothing was planted")
    axes[0].legend(frameon=False, fontsize=7, loc="upper left", bbox_to_anchor=(1, 1))
    _save(figure, target)


def _strata(table: pd.DataFrame, target: Path) -> None:
    figure, axes = _figure(1, width=5.5, height=4)
    pooled = table[(table["test"] == PRIMARY) & (table["design"] == "all")]
    order = [(rho, size) for rho in ("low", "mid", "high") for size in ("5-10", "15", "30", "60", "120")]
    for event, color, shift in (("type I: primary", OURS, -0.12), ("type I: plain t", PLAIN_T, 0.12)):
        rows = pooled[pooled["event"] == event].set_index(["rho_stratum", "size"])
        places = np.array([order.index(key) for key in rows.index]) + shift
        _dots(axes[0], rows, places, color=color, marker="o", label=event.removeprefix("type I: "))
    _label_rows(axes[0], [f"{rho} correlation, {size} genes" for rho, size in order])
    axes[0].axvline(0.08, color="black", lw=0.8, ls=":")
    axes[0].set(xlabel="share of p ≤ .05 where nothing was planted", xlim=(0, None))
    axes[0].legend(frameon=False, fontsize=7)
    _save(figure, target)


def _violations(table: pd.DataFrame, target: Path) -> None:
    figure, axes = _figure(1, width=6, height=4)
    pooled = table[table["design"] == "all"]
    scenarios = list(dict.fromkeys(pooled["scenario"]))
    events = [e for e in dict.fromkeys(pooled["event"]) if "false" in e]
    for i, event in enumerate(events):
        rows = pooled[pooled["event"] == event].set_index("scenario")
        places = np.array([scenarios.index(name) for name in rows.index]) + 0.1 * (i - len(events) / 2)
        color = PRACTICE if ":" in event else OURS if "SUPPORTED" in event else PLAIN_T
        _dots(axes[0], rows, places, color=color, marker="os^vDP"[i % 6], label=event.removesuffix(", alone"))
    _label_rows(axes[0], scenarios)
    axes[0].axvline(0.03, color="black", lw=0.8, ls=":")
    axes[0].set(xscale="log", xlabel="rate, one claim without BH")
    axes[0].legend(frameon=False, fontsize=7, loc="upper left", bbox_to_anchor=(1, 1))
    _save(figure, target)


def _power(table: pd.DataFrame, target: Path) -> None:
    figure, axes = _figure(2, width=7, height=5)
    for axis, (form, title) in zip(axes, FORMS.items(), strict=True):
        rows = table[table["event"] == f"SUPPORTED, {form}"]
        ours = rows[rows["test"] == PRIMARY]
        keys = list(dict.fromkeys(zip(ours["design"], ours["n"], strict=True)))
        for effect, color in ((0.25, OURS), (0.5, "#1f4e9c")):
            chosen = ours[ours["effect"] == effect].set_index(["design", "n"])
            places = np.array([keys.index(key) for key in chosen.index])
            _dots(axis, chosen, places, color=color, marker="o", label=f"planted {effect:g}")
        _label_rows(axis, [f"{design}, n = {n}" for design, n in keys])
        axis.set(title=title, xlim=(0, 1.02), xlabel="share SUPPORTED")
    axes[1].set_yticklabels([])
    axes[0].legend(frameon=False, fontsize=7)
    _save(figure, target)


def _figure(n: int, *, width: float, height: float) -> tuple[object, Sequence["Axes"]]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, list(np.ravel(figure.subplots(1, n)))


def _dots(axis: "Axes", rows: pd.DataFrame, places: np.ndarray, *, color: str, marker: str, label: str) -> None:
    shown = rows[["estimate", "low", "high"]].clip(lower=LEAST_SHOWN)
    reach = [shown["estimate"] - shown["low"], shown["high"] - shown["estimate"]]
    axis.errorbar(shown["estimate"], places, xerr=reach, fmt=marker, ms=3, lw=0.8, color=color, label=label)


def _label_rows(axis: "Axes", names: Sequence[str]) -> None:
    axis.set_yticks(range(len(names)), names)
    axis.invert_yaxis()
    axis.grid(axis="x", lw=0.3)


def _save(figure: object, target: Path) -> None:
    figure.savefig(target, format="svg", metadata={"Date": None})  # type: ignore[attr-defined]
