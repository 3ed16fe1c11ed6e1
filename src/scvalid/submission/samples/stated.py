"""What the config says of all samples: its section ``metadata``, and its keys that the standard asks for too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from scvalid.errors import nearest, sentence, shown
from scvalid.registry.compounds.search import identify_compound
from scvalid.settings.vocabulary import COLUMNS_IN_CHINESE, challenge_of
from scvalid.settings.vocabulary.challenges import NONE
from scvalid.submission.config import Config
from scvalid.submission.samples.fields import DOSE, OF_ROWS, columns_of
from scvalid.submission.samples.refusal import Refused, columns_of_refused, sentence_of_doubt
from scvalid.submission.samples.standard import Read, Standard, read_record
from scvalid.submission.samples.terms import ORGANISMS

_OF_COMPOUND = {DOSE: "dose", "exposure_h": "exposure", "vehicle": "vehicle"}
_KEY_OF = {
    "dose_value": "compound.dose", "dose_unit": "compound.dose", DOSE: "compound.dose", "exposure_h": "compound.exposure",
    "vehicle": "compound.vehicle", "vehicle_pct_v_v": "compound.vehicle",
}  # fmt: skip


@dataclass(frozen=True)
class Stated:
    """One value that holds for all samples, the key that says it, and whether a row may say another."""

    value: str
    key: str
    is_default: bool = False
    is_of_compared: bool = False
    """Whether it is said of the compared arms alone."""


class Said(NamedTuple):
    """Column -> what the config says; a sentence for each fault and each doubt; the columns that a fault is of."""

    stated: dict[str, Stated]
    faults: list[str]
    doubts: list[str]
    refused: frozenset[str]


def stated_by(config: Config, standard: Standard, *, name: str) -> Said:
    """Return what the config says of all samples, and what of it cannot be.

    Parameters
    ----------
    config
        The config.
    standard
        What its values are read by.
    name
        Name of its file, for sentences.
    """
    of_keys, of_compound = _of_keys(config, standard)
    faults = [_sentence(one, _KEY_OF[one.column], name) for one in of_compound.refused]
    known = [column for column in columns_of(standard.fields) if column not in OF_ROWS]
    typed = {key: text for key, text in config.metadata.items() if key in known}
    faults += [_fault_of_key(key, known, name) for key in config.metadata if key not in known]
    compound_id = of_keys["compound_id"].value if "compound_id" in of_keys else None
    record, refused, of_metadata = read_record(typed, standard, compound_id=compound_id)
    faults += [_sentence(one, f"metadata.{one.column}", name) for one in refused]
    doubts = [sentence_of_doubt(one, f"{name}, key '{_KEY_OF[one.column]}'") for one in of_compound.doubts]
    doubts += [sentence_of_doubt(one, f"{name}, key 'metadata.{one.column}'") for one in of_metadata]
    stated = dict(of_keys)
    for column, value in record.items():
        before = of_keys.get(column)
        if before is not None and not before.is_default and before.value != value:
            where, got = f"{name}, key 'metadata.{column}',", f"{shown(value)} and {shown(before.value)}"
            faults.append(sentence(where, f"say what the key {before.key} says", got, "Correct one of them, or leave one out."))
        stated[column] = Stated(value, f"metadata.{column}")
    return Said(stated, faults, doubts, columns_of_refused([*of_compound.refused, *refused]))


def compound_given(config: Config, standard: Standard) -> str | None:
    """Return the id of the config's compound, its name if the library does not have it, None if there is none."""
    if config.compound is None:
        return None
    found = identify_compound(standard.library, **config.compound.model_dump(include={"name", "name_zh", "inchikey"}))
    return found[0].compound_id if len(found) == 1 else config.compound.name


def _of_keys(config: Config, standard: Standard) -> tuple[dict[str, Stated], Read]:
    context = config.context
    stated = {
        "study_id": Stated(config.dataset, "dataset", is_default=True),
        "organism_ontology_term_id": Stated(ORGANISMS[context.species], "context.species"),
    }
    if context.medium is not None:
        stated["induction_medium"] = Stated(context.medium, "context.medium", is_of_compared=True)
    if context.induction is not None:
        named = " + ".join(sorted(challenge_of(context.induction) - {NONE})) or "none"
        stated["pretreatment_or_cotreatment"] = Stated(named, "context.induction", is_default=True, is_of_compared=True)
    given = compound_given(config, standard)
    if given is not None:
        stated["compound_id"] = Stated(given, "compound.name")
    typed = _texts_of_compound(config)
    salt = config.metadata.get("salt_form")
    read = read_record(typed | ({"salt_form": salt} if salt else {}), standard, compound_id=given)
    record = {column: value for column, value in read.record.items() if column in _KEY_OF}
    return stated | {c: Stated(v, _KEY_OF[c], is_of_compared=True) for c, v in record.items()}, read


def _texts_of_compound(config: Config) -> dict[str, str]:
    if config.compound is None:
        return {}
    said: Mapping[str, str | None] = {column: getattr(config.compound, key) for column, key in _OF_COMPOUND.items()}
    return {column: text for column, text in said.items() if text}


def _fault_of_key(key: str, known: list[str], name: str) -> str:
    where = f"{name}, key 'metadata.{shown(key)[1:-1]}',"
    if key in OF_ROWS:
        return sentence(where, "be a column of the sample sheet", "a key of the config", "Give it row by row.")
    ending = [column for column in known if column.endswith(f"_{key}")]
    meant = COLUMNS_IN_CHINESE.get(key) or next(iter(ending), None)
    return sentence(where, "be a column of the standard", shown(key), nearest(meant or key, known))


def _sentence(refused: Refused, key: str, name: str) -> str:
    return sentence(f"{name}, key '{key}',", refused.must, shown(refused.text), refused.fix)
