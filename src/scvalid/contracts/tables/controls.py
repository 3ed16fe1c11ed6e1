"""Tables of what stands beside an effect: specifications, rivals, permuted labels, planted effects, splits and series."""

from scvalid.contracts.tables.base import ColumnKind, TableContract
from scvalid.keys import Control, Effect

_READOUT = (Effect.STATE, Effect.KIND, Effect.READOUT)
_TEXT_OF_READOUT: dict[str, ColumnKind] = dict.fromkeys(_READOUT, "text")

SPECIFICATIONS = TableContract(
    "specifications",
    {
        **_TEXT_OF_READOUT,
        Control.SPECIFICATION: "text",
        Control.EFFECT: "number",
        Control.P: "number",
        Control.SMALLEST_P: "number",
    },
    (*_READOUT, Control.SPECIFICATION),
    (*_READOUT, Control.SPECIFICATION, Control.EFFECT, Control.P, Control.SMALLEST_P),
)
"""The same effect analysed otherwise; ``smallest_p`` is what the test could reach on this design."""

RIVALS = TableContract(
    "effects beside rivals",
    {
        **_TEXT_OF_READOUT,
        Control.RIVAL: "text",
        **dict.fromkeys((Control.THETA_ADJUSTED, Control.P_SLOPE, Control.THETA_RIVAL, Control.THETA_UNSHARED), "number"),
    },
    (*_READOUT, Control.RIVAL),
    (*_READOUT, Control.RIVAL),
)
"""Effect of a read-out once the score of another set is in its model, and p of that slope, missing where no degree of freedom
is left; effect of the other set without the genes of the read-out; effect left once shared genes are taken to move with it."""

PERMUTED = TableContract(
    "effects under permuted labels",
    {
        Control.PERMUTATION: "number",
        **_TEXT_OF_READOUT,
        **dict.fromkeys(
            (
                Effect.THETA, Effect.P_DONOR, Control.P, Effect.MATCHED_SD, Control.SIGN_SHARE, Control.P10_SHARE,
                Effect.LODO_LOW, Effect.LODO_HIGH, Effect.LOW90, Effect.HIGH90,
            ),
            "number",
        ),
    },
    (Control.PERMUTATION, *_READOUT),
    (Control.PERMUTATION, *_READOUT, Effect.THETA, Effect.P_DONOR, Control.P),
)  # fmt: skip
"""What the rule needs of every claimed read-out under every labelling; the rest is missing where no verdict can be decisive.

The labelling with the arms exchanged has the same number below zero; a labelling without such a mirror stands alone.
"""

RECOVERY = TableContract(
    "planted effects",
    {
        **_TEXT_OF_READOUT,
        **dict.fromkeys((Control.PLANTED, Control.N, Control.FOUND, Control.DETECTED, Control.EXPECTED), "number"),
    },
    (*_READOUT, Control.PLANTED),
    (*_READOUT, Control.PLANTED, Control.N, Control.FOUND, Control.DETECTED),
)
"""Effects thinned into counts: median found, share of labellings in which it is detected, share that its error promises."""

VEHICLE_SPLITS = TableContract(
    "splits of the vehicle arm",
    {Control.PERMUTATION: "number", **_TEXT_OF_READOUT, Effect.P_DONOR: "number", Effect.P_PLAIN: "number"},
    (Control.PERMUTATION, *_READOUT),
    (Control.PERMUTATION, *_READOUT, Effect.P_DONOR, Effect.P_PLAIN),
)

COMPOSITION = TableContract(
    "split into states and composition",
    {
        Effect.KIND: "text",
        Effect.READOUT: "text",
        **dict.fromkeys(
            (
                Control.THETA_ALL, Control.THETA_WITHIN, Control.LOW95_WITHIN, Control.HIGH95_WITHIN,
                Control.THETA_COMPOSITION, Control.LOW95_COMPOSITION, Control.HIGH95_COMPOSITION, Control.N_STATES,
            ),
            "number",
        ),
    },
    (Effect.KIND, Effect.READOUT),
    (Effect.KIND, Effect.READOUT, Control.THETA_ALL, Control.THETA_WITHIN, Control.THETA_COMPOSITION),
)  # fmt: skip
"""How much of the effect on all cells is change within states, and how much is other shares of states."""

TRENDS = TableContract(
    "trends over doses or times",
    {
        Control.SERIES: "text",
        Control.SERIES_KIND: "text",
        **_TEXT_OF_READOUT,
        **dict.fromkeys(
            (Control.SLOPE, Effect.LOW95, Effect.HIGH95, Effect.P_DONOR, Effect.P_PLAIN, Control.N_LEVELS), "number"
        ),
        Control.IS_MONOTONE: "flag",
        Control.LEVELS: "text",
    },
    (Control.SERIES, *_READOUT),
    (Control.SERIES, *_READOUT, Control.SLOPE, Effect.P_DONOR, Control.N_LEVELS),
)
"""Slope per step of a dose or time series; ``levels`` is JSON of pairs (level, mean effect against the first level)."""
