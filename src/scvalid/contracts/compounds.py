"""One row of the compound library: names, identifiers with where each was read, dose range, potency and regulatory status."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from scvalid.contracts.formulae import FORMULA, INCHIKEY, molar_mass_of
from scvalid.contracts.sources import Source
from scvalid.settings import Frozen
from scvalid.settings.vocabulary import Name

MASS_TOLERANCE = 0.05
"""g/mol between a mass and its formula: tables of atomic weights differ in the second decimal place."""
CERTAIN_STATUS = re.compile(r"^(read|verified)\b", re.IGNORECASE)
"""How the status of an identifier begins that may be used: it was read somewhere, or it matches one that was."""

Text = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]*$")]
MolarMass = Annotated[float, Field(ge=1, le=100_000)]
Micromolar = Annotated[float, Field(gt=0, le=1_000_000)]


def _with_check_digit(cas: str) -> str:
    digits = cas.replace("-", "")
    if sum(int(d) * i for i, d in enumerate(reversed(digits[:-1]), start=1)) % 10 != int(digits[-1]):
        msg = "must be a CAS number whose last digit follows from the others"
        raise ValueError(msg)
    return cas


def _parts_of(value: object) -> object:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value


def _salt_of(value: object) -> object:
    """Return the fields of ``name (formula)=mass``, the way a cell writes a salt."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"(?P<name>[^=]+) \((?P<formula>[^()=]+)\)=(?P<molar_mass>[0-9.]+)", value)
    if found is None:
        msg = "must be salts written as name (formula)=molar mass, joined by ;"
        raise ValueError(msg)
    return found.groupdict()


Names = Annotated[tuple[Name, ...], BeforeValidator(_parts_of), Field(max_length=30)]
"""Names, written in one cell and joined by ``;``."""


def _check_mass(formula: str, molar_mass: float) -> None:
    expected = molar_mass_of(formula)
    if abs(expected - molar_mass) > MASS_TOLERANCE:
        msg = f"must have the molar mass that follows from the formula {formula}, {expected:.2f} g/mol, not {molar_mass}"
        raise ValueError(msg)


class Salt(Frozen):
    """A form in which a compound is sold; a mass concentration is converted with the mass of the form that was weighed."""

    name: Name
    formula: Annotated[str, StringConstraints(max_length=100, pattern=FORMULA)]
    molar_mass: MolarMass

    @model_validator(mode="after")
    def mass_follows_from_formula(self) -> "Salt":
        _check_mass(self.formula, self.molar_mass)
        return self


Salts = Annotated[tuple[Annotated[Salt, BeforeValidator(_salt_of)], ...], BeforeValidator(_parts_of)]
PotencyType = Literal["EC50", "IC50", "Ki", "Kd"]
Confidence = Literal["high", "medium", "low - verify before use"]


class RegisteredCompound(Frozen):
    """One row of ``compounds.tsv``; an empty cell says that the value is not known."""

    compound_id: Annotated[str, StringConstraints(pattern=r"^(TCM|CTL)\d{3}$")] = Field(
        description="TCM and three digits; CTL for a vehicle or control. An id never changes its meaning."
    )
    name: Name = Field(description="English name.")
    synonyms: Names = Field((), description="Other English names and spellings, joined by ';'.")
    name_zh: Name = Field(description="Chinese name.")
    name_zh_synonyms: Names = Field((), description="Other Chinese names, joined by ';'.")
    pinyin: Name = Field(description="Chinese name in pinyin without tones, v for ü.")
    herb_zh: Names = Field((), description="Herbs the compound is taken from, Chinese, joined by ';'.")
    herb_pinyin: Names = Field((), description="The same in pinyin.")
    herb_latin: Names = Field((), description="Latin names of the drugs, as in the Chinese Pharmacopoeia.")
    herb_species: Names = Field((), description="Latin names of the plants or animals; 'spp.' where a drug has several.")
    herb_note: Text = Field("", description="Remark on the herb, for example the part of the plant.")
    smiles: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[!-~]+$")] | None = Field(
        None, description="Isomeric SMILES of the free form."
    )
    smiles_source: Text = Field("", description="Where the SMILES comes from; 'recalled' needs an InChIKey that was matched.")
    inchikey: Annotated[str, StringConstraints(pattern=INCHIKEY)] | None = Field(None, description="InChIKey of the SMILES.")
    inchikey_status: Text = Field("", description="Begins with VERIFIED or read, else the identifier stays empty.")
    formula: Annotated[str, StringConstraints(max_length=100, pattern=FORMULA)] | None = Field(
        None, description="Molecular formula of the free form."
    )
    molar_mass: MolarMass | None = Field(None, description="Molar mass of the free form, g/mol.")
    mass_status: Text = Field("", description="What formula and mass rest on; 'to verify' is said with every conversion.")
    pubchem_cid: int | None = Field(None, ge=1, le=10**10, description="PubChem compound id.")
    cid_status: Text = Field("", description="Begins with read, and where.")
    cas: Annotated[str, StringConstraints(pattern=r"^[1-9]\d{1,6}-\d\d-\d$"), AfterValidator(_with_check_digit)] | None = Field(
        None, description="CAS number; its check digit is tested."
    )
    cas_status: Text = Field("", description="Begins with read, and where.")
    chebi: Annotated[str, StringConstraints(pattern=r"^CHEBI:[1-9]\d{0,8}$")] | None = Field(None, description="ChEBI id.")
    chebi_status: Text = Field("", description="Begins with read, and where.")
    salts: Salts = Field((), max_length=10, description="Salts as name (formula)=molar mass, joined by ';'; without water.")
    dose_low_um: Micromolar | None = Field(None, description="Lowest dose in the evidence, uM.")
    dose_high_um: Micromolar | None = Field(None, description="Highest dose in the evidence, uM.")
    dose_evidence: Text = Field("", description="Where the range was read, or that none was.")
    potency_value: Annotated[float, Field(gt=0, le=1e9)] | None = Field(
        None, description="Potency; empty until measured or read."
    )
    potency_unit: Literal["pM", "nM", "uM", "mM"] | None = Field(None, description="Unit of the potency.")
    potency_type: PotencyType | None = Field(None, description="What the potency is.")
    potency_assay: Name | None = Field(None, description="Assay, cells and time.")
    potency_source: Source | None = Field(None, description="Where the potency was read.")
    qbd_nmpa: Name | None = Field(None, description="Quality by Design status under NMPA; empty until sourced.")
    qbd_fda: Name | None = Field(None, description="Quality by Design status under FDA; empty until sourced.")
    qbd_source: Source | None = Field(None, description="Where the regulatory status was read.")
    identity_confidence: Confidence = Field(description="How sure it is that all identifiers mean one substance.")
    candidate_unverified: Text = Field(
        "", description="What is only recalled: a note for whoever verifies, never an identifier."
    )
    notes: Text = Field("", description="What to know before use.")

    @property
    def identifiers(self) -> dict[str, tuple[str, str]]:
        """Name of an identifier -> its value, empty if there is none, and where it was read."""
        cid = "" if self.pubchem_cid is None else str(self.pubchem_cid)
        return {
            "inchikey": (self.inchikey or "", self.inchikey_status),
            "pubchem_cid": (cid, self.cid_status),
            "cas": (self.cas or "", self.cas_status),
            "chebi": (self.chebi or "", self.chebi_status),
        }

    @model_validator(mode="after")
    def identifiers_were_read(self) -> "RegisteredCompound":
        for name, (value, status) in self.identifiers.items():
            if value and not CERTAIN_STATUS.match(status):
                _refuse(f"must have a status that begins with read or VERIFIED where {name} is given")
            if value and re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", self.candidate_unverified):
                _refuse(f"must not have the value of {name} in candidate_unverified too")
        if (self.smiles is None) != (self.inchikey is None):
            _refuse("must have smiles and inchikey together or neither")
        return self

    @model_validator(mode="after")
    def mass_follows_from_formula(self) -> "RegisteredCompound":
        if (self.formula is None) != (self.molar_mass is None) or (self.formula and not self.mass_status):
            _refuse("must have formula, molar_mass and mass_status together or none of them")
        if self.formula is not None and self.molar_mass is not None:
            _check_mass(self.formula, self.molar_mass)
        return self

    @model_validator(mode="after")
    def numbers_have_their_ground(self) -> "RegisteredCompound":
        low, high = self.dose_low_um, self.dose_high_um
        if (low is None) != (high is None) or (low is not None and high is not None and low > high):
            _refuse("must have dose_low_um and dose_high_um together, the lower first")
        if low is not None and not self.dose_evidence:
            _refuse("must have a dose_evidence where a dose is given")
        potency: tuple[Any, ...] = (
            self.potency_value, self.potency_unit, self.potency_type, self.potency_assay, self.potency_source
        )  # fmt: skip
        if any(part is not None for part in potency) and None in potency:
            _refuse("must have potency_value, _unit, _type, _assay and _source together or none of them")
        if (self.qbd_nmpa or self.qbd_fda) and self.qbd_source is None:
            _refuse("must have a qbd_source where a regulatory status is given")
        return self


def _refuse(must: str) -> None:
    raise ValueError(must)
