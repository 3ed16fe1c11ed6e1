"""What a person says beforehand, by options, and what is asked on a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from scvalid.drafting.compute.arms import Vocabulary, choose_arms
from scvalid.drafting.compute.draft import Draft, GivenCompound, Row
from scvalid.drafting.compute.naming import slug_of
from scvalid.drafting.compute.species import SPECIES
from scvalid.errors import shown

Ask: TypeAlias = Callable[[str, str], str]
"""Takes a question and the guess; returns the answer, or the guess."""
MAX_ASKED_ROWS = 100
_TRIES = 3


@dataclass(frozen=True)
class Answers:
    """The options of ``scvalid init``; '' is what was not said."""

    dataset: str = ""
    species: str = ""
    cell_type: str = ""
    medium: str = ""
    induction: str = ""
    treated: str = ""
    vehicle: str = ""
    compound: str = ""
    treatment: str = ""
    dose: str = ""
    exposure: str = ""
    solvent: str = ""
    claims: tuple[str, ...] = ()


def on_terminal(question: str, guess: str) -> str:
    """Ask on the terminal; Enter takes the guess, and so does the end of the input."""
    try:
        typed = input(f"{question} [{shown(guess)[1:-1]}]: " if guess else f"{question}: ").strip()
    except EOFError:
        return guess
    return typed or guess


def ask_of_data(draft: Draft, ask: Ask, vocabulary: Vocabulary) -> Draft:
    """Return a draft with the names, the species, the donors and the arms that a person says."""
    dataset = slug_of(ask("name of the dataset (letters and digits)", draft.dataset))
    species = _one_of(ask, "species: human, mouse or rat", draft.species, SPECIES)
    cell_type = ask("type of the cells", draft.cell_type or "MSC")
    medium = ask("medium: basal, osteogenic, adipogenic, chondrogenic or other (empty if not recorded)", draft.medium)
    induction = ask("challenge beside the compound, none if there was none (empty if not recorded)", draft.induction)
    rows = tuple(_asked_row(row, ask) for row in draft.rows[:MAX_ASKED_ROWS]) + draft.rows[MAX_ASKED_ROWS:]
    arms = list(dict.fromkeys(row.arm for row in rows if row.arm))
    treated, vehicle = choose_arms(arms, vocabulary)
    named = ", ".join(shown(arm)[1:-1] for arm in arms)
    # what was given by an option stays, even if no sample is called so yet
    vehicle, treated = draft.vehicle or vehicle, draft.treated or treated
    vehicle = _one_of(ask, f"arm of the vehicle, one of {named}", vehicle, [*arms, *vocabulary.vehicle])
    others = [arm for arm in (*arms, *vocabulary.treated) if arm != vehicle]
    treated = _one_of(ask, f"treated arm, one of {named}", treated, others)
    asked = replace(draft, dataset=dataset, species=species, cell_type=cell_type, medium=medium, induction=induction)
    return replace(asked, rows=rows, treated=treated, vehicle=vehicle)


def ask_of_treatment(draft: Draft, ask: Ask, known: Callable[[str], GivenCompound]) -> Draft:
    """Return a draft with the compound, or what else was done, that a person says."""
    if draft.treatment:
        return draft
    guess = draft.compound.name if draft.compound else ""
    name = ask("compound that was given (empty if it was none)", guess)
    if not name:
        return replace(draft, compound=None, treatment=ask("what was done instead", ""))
    compound = draft.compound if draft.compound and name == guess else known(name)
    return replace(
        draft,
        compound=replace(
            compound,
            dose=ask("its dose, as 10 uM", compound.dose),
            exposure=ask("for how long, as 24 h", compound.exposure),
            solvent=ask("its vehicle, as DMSO 0.1 %", compound.solvent),
        ),
    )


def _asked_row(row: Row, ask: Ask) -> Row:
    """Return a row whose missing donor and arm a person has said."""
    name = shown(row.sample_id)
    donor = row.donor_id or ask(f"donor of the sample {name}", "")
    return replace(row, donor_id=donor, arm=row.arm or ask(f"arm of the sample {name}", ""))


def _one_of(ask: Ask, question: str, guess: str, allowed: Sequence[str]) -> str:
    """Return an answer that is allowed, or '' after some tries."""
    for _ in range(_TRIES):
        answer = ask(question, guess)
        if answer in allowed or not answer:
            return answer
    return ""
