"""A compound as text for a terminal: what is known with its status, and every gap by name."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.registry.compounds.conversion import ConvertedDose
from scvalid.registry.terminal import width_of

GAP = "not known (gap)"
_LABELS = {"inchikey": "InChIKey", "pubchem_cid": "PubChem CID", "cas": "CAS", "chebi": "ChEBI"}
_INDENT = 14


def compound_sheet(compound: RegisteredCompound) -> str:
    """Return everything that the library knows of one compound, one labelled line each."""
    return "\n".join([f"{compound.name}  {compound.name_zh}  ({compound.compound_id})", *_lines(compound)])


def compound_list(compounds: Sequence[RegisteredCompound]) -> str:
    """Return one line a compound in aligned columns; a Chinese character takes two."""
    rows = [("id", "name", "Chinese", "herb", "g/mol", "doses", "identity"), *map(_row, compounds)]
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in rows)


def dose_sheet(converted: ConvertedDose) -> str:
    """Return a converted dose to four digits, with the mass it was converted with and its cautions."""
    mass = "" if converted.molar_mass is None else f" with {converted.molar_mass:.8g} g/mol ({converted.form})"
    # the number without an exponent: 1000, not 1e+3
    um = f"{Decimal(f'{converted.um:.4g}'):f}"
    return "\n".join([f"{converted.dose} = {um} uM{mass}", *converted.cautions])


def _lines(compound: RegisteredCompound) -> Iterator[str]:
    yield _line("names", ", ".join([*compound.synonyms, *compound.name_zh_synonyms, compound.pinyin]))
    yield from _filled(
        "herb", ", ".join((*compound.herb_zh, *compound.herb_pinyin, *compound.herb_latin, *compound.herb_species))
    )
    yield from _filled("herb note", compound.herb_note)
    for name, (value, status) in compound.identifiers.items():
        yield _line(_LABELS[name], _with_status(value, status))
    yield _line("SMILES", _with_status(compound.smiles or "", compound.smiles_source))
    mass = "" if compound.formula is None else f"{compound.formula}, {compound.molar_mass} g/mol"
    yield _line("formula", _with_status(mass, compound.mass_status))
    yield from _filled("salts", ", ".join(f"{salt.name} {salt.formula} {salt.molar_mass} g/mol" for salt in compound.salts))
    yield _line("doses", _with_status(_doses(compound), compound.dose_evidence))
    yield _line("potency", _potency(compound))
    for regulator, filed in {"NMPA": compound.qbd_nmpa, "FDA": compound.qbd_fda}.items():
        yield _line(f"QbD {regulator}", f"{filed} ({compound.qbd_source})" if filed else GAP)
    yield _line("identity", compound.identity_confidence)
    yield from _filled("to verify", compound.candidate_unverified and f"only recalled: {compound.candidate_unverified}")
    yield from _filled("notes", compound.notes)


def _line(label: str, value: str) -> str:
    return f"  {label:<{_INDENT}}{value}"


def _filled(label: str, value: str) -> Iterator[str]:
    if value:
        yield _line(label, value)


def _with_status(value: str, status: str) -> str:
    reason = status.removeprefix("blank: ")
    return f"{value or GAP} ({reason})" if reason else value or GAP


def _doses(compound: RegisteredCompound) -> str:
    low, high = compound.dose_low_um, compound.dose_high_um
    if low is None:
        return ""
    return f"{low:.6g} uM" if low == high else f"{low:.6g} to {high:.6g} uM"


def _potency(compound: RegisteredCompound) -> str:
    if compound.potency_value is None:
        return GAP
    value = f"{compound.potency_type} {compound.potency_value:.6g} {compound.potency_unit}"
    return f"{value}, {compound.potency_assay} ({compound.potency_source})"


def _row(compound: RegisteredCompound) -> tuple[str, ...]:
    mass = "" if compound.molar_mass is None else f"{compound.molar_mass:.2f}"
    herb = ", ".join(compound.herb_latin or compound.herb_species)
    known = (mass or "-", _doses(compound) or "-", compound.identity_confidence)
    return (compound.compound_id, compound.name, compound.name_zh, herb or "-", *known)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))
