"""Sentences for the codes that the stages before gave: the catalogue's text, filled with numbers as a person reads them."""

from collections.abc import Callable

from scvalid.contracts.claims import ClaimContext
from scvalid.contracts.verdicts import Hindrance, Reason
from scvalid.reporting.catalogue import Catalogue
from scvalid.reporting.compute.alerts import Alert
from scvalid.reporting.compute.methods import Statement
from scvalid.reporting.compute.numbers import ABSENT, count, p_value, percent, plain, short, signed

_FORMATS: dict[str, Callable[[float], str]] = {
    **dict.fromkeys(("theta", "low90", "high90", "low95", "high95", "lodo_low", "lodo_high"), signed),
    **dict.fromkeys(("p", "q", "alpha"), p_value),
    **dict.fromkeys(("share", "share_cells", "sign_share", "p10_share", "rate", "low", "high", "bound"), percent),
    **dict.fromkeys(("delta", "floor", "vif"), short),
    "seed": str,
}
"""How the number of a name is written; any other is a plain number, or a count if it is whole."""
_LABELS = frozenset({"type", "field"})
"""Values that are words of the program; the catalogue has a text ``<name>.<value>`` for each."""


def say_reason(catalogue: Catalogue, reason: Reason) -> str:
    """Return the sentence for a reason; a value that the verdict stage left out is shown as a dash."""
    key = f"reason.{reason.code}"
    given = {name: _shown(catalogue, name, value) for name, value in reason.values.items()}
    return catalogue.text(key, **(dict.fromkeys(catalogue.placeholders(key), ABSENT) | given))


def say_alert(catalogue: Catalogue, alert: Alert) -> str:
    """Return what an alert says; a code that the catalogue does not know is shown as it is."""
    key = f"alert.{alert.code}"
    values = {name: _shown(catalogue, name, value) for name, value in alert.values.items()}
    if alert.reason is not None:
        values["reason"] = say_reason(catalogue, alert.reason)
    return catalogue.text(key, **values) if key in catalogue else catalogue.text("alert.other", code=alert.code)


def say_method(catalogue: Catalogue, statement: Statement) -> str:
    """Return a sentence of the methods; settings stand in it as they were typed, not rounded."""
    values = {name: _in_methods(name, value) for name, value in statement.values.items()}
    return catalogue.text(statement.key, **values)


def say_context(catalogue: Catalogue, context: ClaimContext) -> str:
    """Return where a claim was made, what can be compared with the data first."""
    between = catalogue.text("value.or")
    said = [
        between.join(context.cell_type),
        between.join(catalogue.text(f"species.{species}") for species in context.species),
        catalogue.text("fact.medium", medium=between.join(context.medium)) if context.medium else None,
        catalogue.text("fact.induction", induction=between.join(context.induction)) if context.induction else None,
        catalogue.text("fact.as_published", words=context.as_published) if context.as_published else None,
    ]
    return " · ".join(filter(None, said))


def say_why(catalogue: Catalogue, why: Hindrance | None) -> str:
    """Return why a rate cannot be estimated; a dash where no reason was given."""
    return ABSENT if why is None else catalogue.text(f"why.{why.code}", **{n: count(v) for n, v in why.values.items()})


def as_typed(value: object) -> str:
    """Return a setting as a reader can find it again in the config."""
    if value is None or value == "":
        return ABSENT
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ", ".join(as_typed(item) for item in value) or ABSENT
    if isinstance(value, dict):
        return "; ".join(f"{name}: {as_typed(item)}" for name, item in value.items()) or ABSENT
    return str(value)


def _in_methods(name: str, value: object) -> str:
    return count(value) if name.startswith("n_") and isinstance(value, int) else as_typed(value)


def _shown(catalogue: Catalogue, name: str, value: str | float) -> str:
    if isinstance(value, str):
        label = f"{name}.{value}"
        return catalogue.text(label) if name in _LABELS and label in catalogue else value
    if name in _FORMATS:
        return _FORMATS[name](value)
    return count(value) if isinstance(value, int) else plain(value)
