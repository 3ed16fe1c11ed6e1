"""A claim as text for a terminal: a block in a list, or all its fields with its registration."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from scvalid.contracts.claims import Claim
from scvalid.contracts.compounds import RegisteredCompound
from scvalid.contracts.readouts import Part
from scvalid.registry.claims.reading import RegisteredClaim
from scvalid.registry.rivals.overlap import Rival
from scvalid.registry.terminal import NARROWEST, labelled, wrap
from scvalid.settings.vocabulary import MSC

Language = Literal["en", "zh"]

_ZH: Final[Mapping[str, str]] = {
    "compound": "化合物", "treatment": "处理", "axis": "机制", "read-outs": "读出指标", "testability": "可检验性",
    "source": "来源状态", "RETRACTED": "已撤稿", "CONTEXT": "情境不符", "control": "对照", "origin": "登记方", "cells": "细胞",
    "species": "物种", "medium": "培养基", "induction": "诱导", "as published": "原文情境", "design": "所需设计",
    "threshold": "阈值", "rivals": "竞争解释", "by overlap": "基因重叠", "same axis": "同一机制",
    "conflicts": "冲突论断", "sources": "来源", "quote": "原文",
    "certainty": "确定性", "caveats": "注意事项", "retraction": "撤稿核查", "file": "文件", "registration": "登记校验",
    "to use": "用法",
}  # fmt: skip


class ClaimWriter:
    """Writes claims for one terminal.

    Parameters
    ----------
    library
        The compound library, for the names of compounds.
    width
        Columns of the terminal.
    language
        Language of labels and statements; reasons and caveats are in English.
    """

    def __init__(self, library: Sequence[RegisteredCompound], *, width: int, language: Language = "en") -> None:
        self._names = {c.compound_id: f"{c.name} {c.name_zh} ({c.compound_id})" for c in library}
        self._width = width
        self._is_zh = language == "zh"

    def block(self, row: RegisteredClaim) -> str:
        """Return what a list says of a claim: statement, compound, read-outs, testability and why, source, and its marks."""
        return "\n".join([self._title(row.claim), *self._lines(_in_short(row.claim, self._given(row.claim)))])

    def sheet(self, row: RegisteredClaim, *, opponents: Sequence[str], rivals: Sequence[Rival] = ()) -> str:
        """Return all fields of a claim, the file that registers it and how a submission names it.

        Parameters
        ----------
        row
            The claim.
        opponents
            Ids of the claims that it conflicts with, in whichever of them that is said.
        rivals
            Sets that share genes with its primary read-out, as ``overlap.rivals_of`` finds them.
        """
        claim = row.claim
        other = claim.statement.en if self._is_zh else claim.statement.zh
        fields = [
            ("", other or ""),
            *_in_short(claim, self._given(claim)),
            *_in_full(claim, opponents, rivals),
            *_place_of(row),
        ]
        return "\n".join([self._title(claim), *self._lines(fields)])

    def _title(self, claim: Claim) -> str:
        statement = (claim.statement.zh if self._is_zh else None) or claim.statement.en
        lines = wrap(statement, max(self._width, NARROWEST) - len(claim.id) - 2)
        return "\n".join([f"{claim.id}  {lines[0]}", *(" " * (len(claim.id) + 2) + line for line in lines[1:])])

    def _given(self, claim: Claim) -> tuple[str, str]:
        if claim.compound is not None:
            return "compound", self._names.get(claim.compound, f"{claim.compound} (not in the library)")
        return "treatment", claim.treatment or ""

    def _lines(self, fields: Sequence[tuple[str, str]]) -> Iterator[str]:
        for label, text in fields:
            if text:
                yield labelled(_ZH.get(label, label) if self._is_zh else label, text, width=self._width)


def _in_short(claim: Claim, given: tuple[str, str]) -> list[tuple[str, str]]:
    testability = claim.testability
    return [
        ("RETRACTED", _retraction(claim) + "; never tested" if claim.is_retracted else ""),
        ("CONTEXT", _other_cells(claim)),
        ("control", claim.control or ""),
        given,
        ("axis", claim.axis or ""),
        ("read-outs", "; ".join(map(_part, claim.parts))),
        ("testability", "not said" if testability is None else f"{testability.level}: {testability.why}"),
        ("source", claim.source_status or ", ".join(claim.sources) or "not said"),
    ]


def _in_full(claim: Claim, opponents: Sequence[str], rivals: Sequence[Rival]) -> list[tuple[str, str]]:
    context, certainty = claim.context, claim.certainty
    note = f": {certainty.note}" if certainty and certainty.note else ""
    return [
        ("origin", f"{claim.origin}, {claim.tier}"),
        ("cells", " or ".join(context.cell_type) or "any"),
        ("species", " or ".join(context.species) or "any"),
        ("medium", " or ".join(context.medium) or "any"),
        ("induction", " or ".join(context.induction) or "any"),
        ("as published", context.as_published or ""),
        ("design", claim.design or ""),
        ("threshold", "that of the config" if claim.threshold is None else f"{claim.threshold:g}"),
        ("rivals", ", ".join(claim.rivals) or "none by hand"),
        ("by overlap", ", ".join(map(_rival, (rival for rival in rivals if not rival.is_same_programme))) or "none"),
        ("same axis", ", ".join(map(_rival, (rival for rival in rivals if rival.is_same_programme)))),
        ("conflicts", ", ".join(opponents) or "none registered"),
        ("sources", ", ".join(claim.sources) or "none"),
        ("quote", claim.quote or ""),
        ("certainty", f"{certainty.level}{note}" if certainty else "not said"),
        ("caveats", claim.caveats or ""),
        ("retraction", _retraction(claim)),
    ]


def _place_of(row: RegisteredClaim) -> list[tuple[str, str]]:
    use = f"registered_claims: [{row.claim.id}]"
    return [
        ("file", row.path.as_posix()),
        ("registration", f"sha256 {row.registration}"),
        ("to use", f"{use} in config.yaml" + ("; gives NOT TESTABLE, source retracted" if row.claim.is_retracted else "")),
    ]


def _part(part: Part) -> str:
    kind, direction = part.readout.type.replace("_", " "), part.direction.replace("_", " ")
    return f"{kind} {part.readout.id} {direction} ({part.role})"


def _rival(rival: Rival) -> str:
    return rival.set_id if "member" in rival.rules else f"{rival.set_id} ({len(rival.shared)} genes)"


def _other_cells(claim: Claim) -> str:
    cells = claim.context.cell_type
    if not cells or MSC in cells:
        return ""
    return f"claimed of {' or '.join(cells)}, not of MSC: data of MSC are a context mismatch"


def _retraction(claim: Claim) -> str:
    notice = claim.retraction.notice
    return claim.retraction.status + (f" ({notice})" if notice else "")
