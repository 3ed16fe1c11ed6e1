"""The text of the config: what was guessed, and a mark where a person must write."""

import re
from collections.abc import Iterator

from scvalid.drafting.compute.draft import Draft, GivenCompound

FILL_IN = "# FILL IN:"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./ -]*[A-Za-z0-9]|[A-Za-z]")
# words that YAML takes for truth values or nothing
_TAKEN = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null", "none"})
_HEAD = """\
# Written by 'scvalid init'. Check every line: guesses are guesses. What is marked FILL IN could not be guessed, and
# 'scvalid check' refuses it as it stands. Paths are relative to this file; config/README.md explains every key.
"""


def config_text(draft: Draft) -> str:
    """Return the config as YAML with comments; the same draft gives the same bytes."""
    sections = [_head(draft), _claims(draft), _context(draft), _given(draft), _design(draft), _intake(draft), _standard(draft)]
    return _HEAD + "\n" + "\n\n".join("\n".join(section) for section in map(list, sections) if section) + "\n"


def scalar(text: str) -> str:
    """Return a text as one YAML scalar on one line, whatever is in it."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _TAKEN:
        return text
    # in double quotes; what an editor would not show is escaped
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted) + '"'


def comment(text: str) -> str:
    """Return a text as it may stand behind ``#``: one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _key(key: str, value: str, ask: str, *, hint: str = "", indent: int = 2) -> str:
    """Return a line with a value, or with the mark and what is asked for."""
    start = f"{' ' * indent}{key}:"
    if value:
        return f"{start} {scalar(value)}" + (f"  # {hint}" if hint else "")
    return f"{start}  {FILL_IN} {ask}"


def _head(draft: Draft) -> Iterator[str]:
    yield _key(
        "dataset", draft.dataset, "a name of letters, digits, '.', '_' and '-'", hint="names the results folder", indent=0
    )
    yield "samples: samples.tsv"
    yield from (f"# seen: {comment(note)}" for note in draft.notes)


def _claims(draft: Draft) -> Iterator[str]:
    yield "# what is tested, chosen before the data are read: registered claims ('scvalid claims' lists them) or your own file"
    if draft.claims_file:
        yield f"claims: {scalar(draft.claims_file)}"
    if draft.claims:
        yield "registered_claims:"
        yield from (f"  - {claim_id}  # {comment(statement)}" for claim_id, statement in draft.claims.items())
    elif not draft.claims_file:
        yield f"registered_claims:  {FILL_IN} ids, as [S03c], or write a line  claims: my_claims.yaml"


def _context(draft: Draft) -> Iterator[str]:
    yield "# what the cells are; a claim registered for another context is NOT TESTABLE here"
    yield "context:"
    hint = "" if draft.cell_type else "assumed, not seen in the files"
    yield _key("cell_type", draft.cell_type or "MSC", "", hint=hint)
    yield _key("species", draft.species, "human, mouse or rat")
    media, challenges = "basal, osteogenic, adipogenic, chondrogenic or other", "beside the compound: none, TNF, hypoxia ..."
    yield _key("medium", draft.medium, "") if draft.medium else f"  # medium: basal  # {media}"
    yield _key("induction", draft.induction, "") if draft.induction else f"  # induction: none  # challenge {challenges}"


def _given(draft: Draft) -> Iterator[str]:
    if draft.treatment:
        yield "# what was done"
        yield f"treatment: {scalar(draft.treatment)}"
    if draft.compound is not None or not draft.treatment:
        compound = draft.compound or GivenCompound("")
        yield "# what was given"
        yield "compound:"
        ask = "its English name ('scvalid compounds' lists known ones); if it was none, write instead  treatment: what was done"
        yield _key("name", compound.name, ask)
        for key, value in (("name_zh", compound.name_zh), ("inchikey", compound.inchikey)):
            if value:
                yield _key(key, value, "")
        known = {"dose": compound.dose, "exposure": compound.exposure, "vehicle": compound.solvent}
        for (key, value), example in zip(known.items(), ("10 uM", "24 h", "DMSO 0.1 %"), strict=True):
            yield _key(key, value, "") if value else f"  # {key}: {example}"


def _design(draft: Draft) -> Iterator[str]:
    arms = ", ".join(dict.fromkeys(scalar(row.arm) for row in draft.rows if row.arm))
    ask = f"one of the arms of samples.tsv, {comment(arms)}" if arms else "a value of the column arm of samples.tsv"
    yield "# which arm is compared with which; the donor is the unit of replication"
    yield "design:"
    yield _key("treated", draft.treated, ask)
    yield _key("vehicle", draft.vehicle, ask)


def _intake(draft: Draft) -> Iterator[str]:
    if draft.counts_layer:
        yield "intake:"
        yield f"  counts_layer: {scalar(draft.counts_layer)}"


def _standard(draft: Draft) -> Iterator[str]:
    if draft.standard:
        yield "# No verdict is decisive before these are stated too: here what is the same for all samples, the rest as columns"
        yield "# of samples.tsv; config/README.md says more of each."
        yield "# metadata:"
        yield from (f"#   {comment(column)}: ...  # {comment(meaning)}" for column, meaning in draft.standard.items())
