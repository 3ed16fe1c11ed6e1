"""What is guessed of a submission, before it is written down."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One row of the sample sheet; '' is what could not be guessed.

    Attributes
    ----------
    label
        The words that donor and arm were guessed from: the name of the file, or values of obs columns.
    path
        As it is to stand in the sheet.
    cells
        ``column=value`` pairs, for a file of several samples.
    """

    sample_id: str
    label: str
    path: str
    donor_id: str = ""
    arm: str = ""
    batch_id: str = ""
    cells: str = ""


@dataclass(frozen=True)
class GivenCompound:
    """What was given, as far as it is known."""

    name: str
    name_zh: str = ""
    inchikey: str = ""
    dose: str = ""
    exposure: str = ""
    solvent: str = ""


@dataclass(frozen=True)
class Draft:
    """A submission as far as it can be guessed; '' and None are what could not.

    Attributes
    ----------
    claims
        Id -> statement of the registered claims to be tested.
    claims_file
        File of own claims, as it is to stand in the config.
    counts_layer
        Layer that holds the counts, where it is not found without being named.
    standard
        Columns of the standard that a verdict waits for -> what they mean.
    notes
        Sentences on what was seen and should be looked at.
    """

    dataset: str
    rows: tuple[Row, ...]
    species: str = ""
    cell_type: str = ""
    medium: str = ""
    induction: str = ""
    treated: str = ""
    vehicle: str = ""
    compound: GivenCompound | None = None
    treatment: str = ""
    claims: dict[str, str] = field(default_factory=dict)
    claims_file: str = ""
    counts_layer: str = ""
    standard: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
