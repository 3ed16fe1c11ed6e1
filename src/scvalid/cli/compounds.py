"""The verb ``compounds``: find a compound, show what is known of it, convert a dose."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from scvalid.cli.typed import in_unicode
from scvalid.errors import SubmissionError, sentence

if TYPE_CHECKING:
    from scvalid.contracts.compounds import RegisteredCompound
    from scvalid.registry.compounds.conversion import ConvertedDose

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_compounds(verbs: Parsers, *, resources: Path) -> None:
    """Add the verb with its options."""
    parser = verbs.add_parser("compounds", help="find a compound of the library, convert a dose to uM")
    parser.add_argument(
        "query", nargs="?", help="name in English, Chinese or pinyin, identifier, herb or genus; all without it"
    )
    parser.add_argument("--dose", help="dose to say in uM, for example '30 mg/L'")
    mass = parser.add_mutually_exclusive_group()
    mass.add_argument("--salt", help="registered salt that was weighed; without it the free form")
    mass.add_argument("--molar-mass", type=float, help="molar mass of any other form, g/mol")
    parser.add_argument("--json", dest="is_json", action="store_true", help="print JSON")
    parser.add_argument(
        "--library", type=Path, default=resources / "compounds" / "compounds.tsv", help="default: that of this checkout"
    )


def show_compounds(
    *, query: str | None, dose: str | None, salt: str | None, molar_mass: float | None, library: Path, is_json: bool
) -> None:
    """Print the compounds that are meant: one as a sheet, several as a list; and a dose of one in uM."""
    from scvalid.registry.compounds.reading import read_compounds
    from scvalid.registry.compounds.search import find_compounds, sentence_of_no_compound

    if dose is None and (salt is not None or molar_mass is not None):
        raise SubmissionError(
            [sentence("--dose", "be given with --salt or --molar-mass", "none", "Add for example --dose '30 mg/L'.")]
        )
    compounds = read_compounds(library)
    query, dose, salt = (text and in_unicode(text) for text in (query, dose, salt))
    if query is not None:
        found = find_compounds(compounds, query)
        if not found:
            raise SubmissionError([sentence_of_no_compound(compounds, query)])
        compounds = found
        salt = _salt_asked_for(found, query) if salt is None and molar_mass is None else salt
    print((_json if is_json else _text)(compounds, _converted(compounds, dose, salt, molar_mass)))


def _salt_asked_for(found: "tuple[RegisteredCompound, ...]", query: str) -> str | None:
    """Whoever asks for 'berberine hydrochloride' weighed that, not the free form."""
    from scvalid.registry.compounds.salts import find_salt

    known = find_salt(found[0], query) if len(found) == 1 else None
    return None if known is None else known.name


def _converted(
    compounds: "tuple[RegisteredCompound, ...]", dose: str | None, salt: str | None, molar_mass: float | None
) -> "ConvertedDose | None":
    from scvalid.registry.compounds.conversion import convert_dose

    if dose is None:
        return None
    if len(compounds) != 1:
        names = ", ".join(compound.name for compound in compounds[:5])
        raise SubmissionError([sentence("--dose", "be of one compound", f"{len(compounds)} of them", f"Name one: {names} ...")])
    return convert_dose(dose, compounds[0], salt=salt, molar_mass=molar_mass)


def _text(compounds: "tuple[RegisteredCompound, ...]", converted: "ConvertedDose | None") -> str:
    from scvalid.registry.compounds.sheet import compound_list, compound_sheet, dose_sheet

    text = compound_sheet(compounds[0]) if len(compounds) == 1 else compound_list(compounds)
    return text if converted is None else f"{dose_sheet(converted)}\n\n{text}"


def _json(compounds: "tuple[RegisteredCompound, ...]", converted: "ConvertedDose | None") -> str:
    document: dict[str, object] = {"compounds": [compound.model_dump(mode="json") for compound in compounds]}
    if converted is not None:
        document["dose"] = {
            "dose": str(converted.dose), "um": float(converted.um), "form": converted.form,
            "molar_mass": converted.molar_mass, "cautions": converted.cautions,
        }  # fmt: skip
    return json.dumps(document, indent=1, ensure_ascii=False)
