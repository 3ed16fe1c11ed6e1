"""Tables of effects: gene sets, effects on sets and genes, and the values of profiles behind them."""

from scvalid.contracts.tables.base import ColumnKind, TableContract
from scvalid.keys import Effect, GeneSet, Profile

GENE_SETS = TableContract(
    "gene sets",
    {GeneSet.SET: "text", GeneSet.GENE: "text", GeneSet.WEIGHT: "number", GeneSet.IS_PANEL: "flag"},
    (GeneSet.SET, GeneSet.GENE),
    (GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT),
)

_EFFECTS: dict[str, ColumnKind] = {
    Effect.STATE: "text",
    Effect.READOUT: "text",
    Effect.GATE: "text",
    **dict.fromkeys(
        (
            Effect.THETA, Effect.SE, Effect.DF, Effect.LOW90, Effect.HIGH90, Effect.LOW95, Effect.HIGH95,
            Effect.P_DONOR, Effect.P_PLAIN, Effect.LODO_LOW, Effect.LODO_HIGH, Effect.MDE,
        ),
        "number",
    ),
    Effect.LODO_DONOR: "text",
}  # fmt: skip

SET_EFFECTS = TableContract(
    "effects on sets",
    {
        **_EFFECTS,
        **dict.fromkeys(
            (
                Effect.P_MATCHED, Effect.MATCHED_SD, Effect.RHO, Effect.N_SET, Effect.N_EXPRESSED,
                Effect.WEIGHT_MEASURED, Effect.WEIGHT_EXPRESSED,
            ),
            "number",
        ),
        Effect.IS_FALLBACK: "flag",
        Effect.IS_PANEL: "flag",
    },
    (Effect.STATE, Effect.READOUT),
    (Effect.STATE, Effect.READOUT, Effect.GATE),
)  # fmt: skip

GENE_EFFECTS = TableContract(
    "effects on genes",
    {**_EFFECTS, Effect.MEAN_CPM: "number", Effect.SHARE_CELLS: "number"},
    (Effect.STATE, Effect.READOUT),
    (Effect.STATE, Effect.READOUT, Effect.GATE),
)

PROFILES = TableContract(
    "read-outs per pseudobulk profile",
    {
        Profile.STATE: "text",
        Profile.DONOR: "text",
        Profile.ARM: "text",
        Profile.KIND: "text",
        Profile.READOUT: "text",
        Profile.VALUE: "number",
    },
    (Profile.STATE, Profile.DONOR, Profile.ARM, Profile.KIND, Profile.READOUT),
    (Profile.VALUE,),
)
