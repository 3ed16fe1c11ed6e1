"""From the content of the page to one HTML file that needs nothing else: words, numbers and markup are joined here."""

import base64
import hashlib
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scvalid.contracts.verdicts import Verdict
from scvalid.keys import ALL_MSC, Effect
from scvalid.reporting.catalogue import Catalogue
from scvalid.reporting.compute import numbers
from scvalid.reporting.compute.cards import ROW_WIDTH, STRIP_WIDTH
from scvalid.reporting.compute.controls import RECOVERY_WIDTH
from scvalid.reporting.compute.inputs import TO_REVIEW
from scvalid.reporting.compute.methods import DOI
from scvalid.reporting.compute.page import Page
from scvalid.reporting.compute.specifications import MIDDLE
from scvalid.reporting.raster import MAP_HEIGHT, MAP_WIDTH, PALETTE, draw_map
from scvalid.reporting.wording import as_typed, say_alert, say_context, say_method, say_reason, say_why

TAGS = {"en": "en", "zh": "zh-Hans"}
"""Language tags of HTML."""


def render(page: Page, catalogue: Catalogue, *, beside: Catalogue) -> str:
    """Return the report as HTML.

    Parameters
    ----------
    page
        Content of the report.
    catalogue
        Every word of it.
    beside
        The other language: verdicts and reasons of the cards stand in it too.

    Returns
    -------
    A complete document: style, script and pictures stand in it; its Content-Security-Policy lets nothing else in.
    """
    environment = _environment(catalogue, beside)
    style = environment.get_template("style.css").render(palette=PALETTE)
    script = environment.get_template("script.js").render()
    return environment.get_template("base.html").render(
        page=page,
        told=page.inputs.submitted,
        map_picture=draw_map(page.map),
        # both come from the package alone, never from a submission, and must stand as they were hashed
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=_policy(style=style, script=script),
    )


def _environment(catalogue: Catalogue, beside: Catalogue) -> Environment:
    environment = Environment(
        loader=PackageLoader("scvalid.reporting", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= _words(catalogue) | _words_beside(beside) | _constants()
    environment.filters |= {
        "signed": numbers.signed,
        "plain": numbers.plain,
        "p_value": numbers.p_value,
        "p_bound": numbers.p_bound,
        "percent": numbers.percent,
        "count": numbers.count,
        "short": numbers.short,
        "as_typed": as_typed,
    }
    return environment


def _words(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "t": catalogue.text,
        "has_text": catalogue.__contains__,
        "say": lambda reason: say_reason(catalogue, reason),
        "say_context": lambda context: say_context(catalogue, context),
        "say_alert": lambda alert: say_alert(catalogue, alert),
        "say_why": lambda why: say_why(catalogue, why),
        "say_method": lambda statement: say_method(catalogue, statement),
        "language": TAGS[catalogue.language],
        "stated": lambda statement: getattr(statement, catalogue.language) or statement.en,
    }


def _words_beside(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "t_beside": catalogue.text,
        "say_beside": lambda reason: say_reason(catalogue, reason),
        "language_beside": TAGS[catalogue.language],
        # a statement without a Chinese text stands in English alone
        "stated_beside": lambda statement: getattr(statement, catalogue.language) if statement.zh else None,
    }


def _constants() -> dict[str, Any]:
    return {
        "ABSENT": numbers.ABSENT,
        "ALL_MSC": ALL_MSC,
        "DOI": DOI,
        "Effect": Effect,
        "MAP": (MAP_WIDTH, MAP_HEIGHT),
        "ROW_WIDTH": ROW_WIDTH,
        "STRIP_WIDTH": STRIP_WIDTH,
        "N_COLOURS": len(PALETTE),
        "TO_REVIEW": TO_REVIEW,
        "RECOVERY_WIDTH": RECOVERY_WIDTH,
        "SPEC_MIDDLE": MIDDLE,
        "VERDICTS": list(Verdict),
    }


def _policy(*, style: str, script: str) -> str:
    """Return a policy that lets in this very style and script, and pictures that stand in the page; nothing else."""
    allowed = f"style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
