"""Every AnnData slot, table column and read-out word that is used as a string key, once."""

ALL_MSC = "all_msc"
"""Grouping in which the cells of a sample are summed whatever their state."""
BY_STATE = "by_state"
"""Grouping in which each cell state is summed on its own."""


class Obs:
    """Columns of ``AnnData.obs``: one row a cell, or one row a pseudobulk profile."""

    CELL = "cell_id"
    SAMPLE = "sample_id"
    DONOR = "donor_id"
    ARM = "arm"
    BATCH = "batch_id"
    STATE = "state"
    N_COUNTS = "n_counts"
    N_GENES = "n_genes"
    MT_SHARE = "mt_share"
    RIBO_SHARE = "ribo_share"
    N_CELLS = "n_cells"
    IS_USED = "is_used"
    PLANTED_STATE = "planted_state"
    """State that a cell was simulated in; the workflow never reads it."""


class Var:
    """Columns of ``AnnData.var``; the index is the gene symbol."""

    SYMBOL = "symbol"
    GENE_ID = "gene_id"
    IS_MT = "is_mt"
    IS_RIBO = "is_ribo"


class Layer:
    """Names in ``AnnData.layers``."""

    N_DETECTED = "n_cells_detected"


class Uns:
    """Names in ``AnnData.uns``; each holds plain strings, numbers or one JSON text."""

    INTAKE = "intake"
    MODALITIES = "modalities"
    GROUPING = "grouping"


MODALITY_PREFIX = "modality_"
"""Matrices of ``AnnData.obsm`` that hold counts of antibodies, hashtags or guides; ``Uns.MODALITIES`` names their features."""


class GeneSet:
    """Columns of a long table of signed, weighted gene sets."""

    SET = "set_id"
    GENE = "gene"
    WEIGHT = "weight"
    IS_PANEL = "is_panel"


class Effect:
    """Columns of the tables of effects: one row per state x read-out."""

    STATE = "state"
    READOUT = "readout_id"
    KIND = "readout_kind"
    THETA = "theta"
    SE = "se"
    DF = "df"
    LOW90 = "low90"
    HIGH90 = "high90"
    LOW95 = "low95"
    HIGH95 = "high95"
    P_DONOR = "p_donor"
    P_PLAIN = "p_plain"
    P_MATCHED = "p_matched"
    MATCHED_SD = "matched_sd"
    RHO = "rho"
    IS_FALLBACK = "is_fallback"
    LODO_LOW = "lodo_low"
    LODO_HIGH = "lodo_high"
    LODO_DONOR = "lodo_donor"
    MDE = "mde"
    GATE = "gate"
    N_SET = "n_genes_set"
    N_EXPRESSED = "n_genes_expressed"
    WEIGHT_MEASURED = "weight_measured"
    WEIGHT_EXPRESSED = "weight_expressed"
    IS_PANEL = "is_panel"
    MEAN_CPM = "mean_cpm"
    SHARE_CELLS = "share_cells"


class Control:
    """Columns of the tables of what stands beside an effect."""

    SPECIFICATION = "specification"
    EFFECT = "effect"
    P = "p"
    SMALLEST_P = "smallest_p"
    SIGN_SHARE = "sign_share"
    P10_SHARE = "p10_share"
    RIVAL = "rival_id"
    THETA_ADJUSTED = "theta_adjusted"
    P_SLOPE = "p_slope"
    THETA_RIVAL = "theta_rival"
    THETA_UNSHARED = "theta_unshared"
    PERMUTATION = "permutation"
    PLANTED = "planted"
    N = "n"
    FOUND = "found"
    DETECTED = "share_detected"
    EXPECTED = "share_expected"
    THETA_ALL = "theta_all"
    THETA_WITHIN = "theta_within"
    LOW95_WITHIN = "low95_within"
    HIGH95_WITHIN = "high95_within"
    THETA_COMPOSITION = "theta_composition"
    LOW95_COMPOSITION = "low95_composition"
    HIGH95_COMPOSITION = "high95_composition"
    N_STATES = "n_states"
    SERIES = "series"
    SERIES_KIND = "series_kind"
    SLOPE = "slope"
    N_LEVELS = "n_levels"
    IS_MONOTONE = "is_monotone"
    LEVELS = "levels"


class Profile:
    """Columns of the long table of read-out values per pseudobulk profile."""

    STATE = "state"
    DONOR = "donor_id"
    ARM = "arm"
    KIND = "readout_kind"
    READOUT = "readout_id"
    VALUE = "value"


class Kind:
    """The two kinds of read-out that have numbers."""

    SET = "set"
    GENE = "gene"


class State:
    """Columns of the table of cell states (one row a cell) and of the table of markers."""

    CELL = "cell_id"
    STATE = "state"
    X = "x"
    Y = "y"
    GENE = "gene"
    RANK = "rank"
    LOG2_FOLD = "log2_fold"
    SHARE_IN = "share_in"
    SHARE_OUT = "share_out"


EMBEDDING_PREFIX = "dim_"
"""Columns of the table of embeddings are dim_0, dim_1, ...; its index column is ``Obs.CELL``."""
