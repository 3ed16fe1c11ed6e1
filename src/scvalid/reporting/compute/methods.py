"""The methods paragraphs: which sentences this run calls for, what they are filled with, and which papers they rest on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scvalid.reporting.compute.inputs import Inputs

DOI = {
    "guo2025": "10.3390/ijms26125770",
    "wolf2018": "10.1186/s13059-017-1382-0",
    "mccarthy2017": "10.1093/bioinformatics/btw777",
    "dominici2006": "10.1080/14653240600855905",
    "korsunsky2019": "10.1038/s41592-019-0619-0",
    "lopez2018": "10.1038/s41592-018-0229-2",
    "traag2019": "10.1038/s41598-019-41695-z",
    "squair2021": "10.1038/s41467-021-25960-2",
    "zimmerman2021": "10.1038/s41467-021-21038-1",
    "junttila2022": "10.1093/bib/bbac286",
    "robinson2010": "10.1186/gb-2010-11-3-r25",
    "wu2012": "10.1093/nar/gks461",
    "smyth2004": "10.2202/1544-6115.1027",
    "badia2022": "10.1093/bioadv/vbac016",
    "holland2020": "10.1186/s13059-020-1949-z",
    "benjamini1995": "10.1111/j.2517-6161.1995.tb02031.x",
    "schuirmann1987": "10.1007/BF01068419",
    "gerard2020": "10.1186/s12859-020-3450-9",
    "wu2010": "10.1093/bioinformatics/btq401",
}
"""Digital object identifier of every paper that a sentence may cite; its reference stands in the catalogue."""


@dataclass(frozen=True)
class Statement:
    """One sentence or two of the methods: the key of its text, its values, the papers it cites.

    The text of a statement that cites ends without a stop; the numbers of the papers and the stop follow it.
    """

    key: str
    values: Mapping[str, object]
    cites: tuple[str, ...] = ()
    ends_paragraph: bool = False


def methods_of(inputs: Inputs) -> tuple[Statement, ...]:
    """Return the statements in the order of the pipeline."""
    return (*_data(inputs), *_states(inputs), *_effects(inputs), *_decision(inputs))


def references_of(statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """Return the cited papers, numbered by their place in this tuple, in the order of first citation."""
    return tuple(dict.fromkeys(cite for statement in statements for cite in statement.cites))


def _data(inputs: Inputs) -> Iterator[Statement]:
    told = inputs.submitted
    donors = len({sample.donor_id for sample in told.samples})
    yield Statement("methods.question", {}, ("guo2025",))
    yield Statement("methods.data", {"n_samples": len(told.samples), "n_donors": donors})
    cells = {"n_in": sum(s.n_cells_in for s in inputs.quality), "n_kept": sum(s.n_cells_kept for s in inputs.quality)}
    yield Statement("methods.quality", cells, ("mccarthy2017",))
    if any(sample.identity for sample in inputs.quality):
        yield Statement("methods.identity", {}, ("dominici2006",))


def _states(inputs: Inputs) -> Iterator[Statement]:
    summary = inputs.integration
    paper = {"harmony": "korsunsky2019", "scvi": "lopez2018"}[summary.method]
    yield Statement(f"methods.integration.{summary.method}", {**summary.model_dump()}, (paper,))
    corrected = Statement("methods.corrected", {"columns": summary.batch_keys})
    yield corrected if summary.batch_keys else Statement("methods.not_corrected", {})
    yield Statement("methods.clustering", {**inputs.clustering.model_dump()}, ("traag2019", "wolf2018"), ends_paragraph=True)


def _effects(inputs: Inputs) -> Iterator[Statement]:
    yield Statement("methods.unit", {}, ("squair2021", "zimmerman2021", "junttila2022"))
    least = inputs.submitted.settings.get("pseudobulk", {}).get("min_cells")
    if least is not None:
        yield Statement("methods.min_cells", {"min_cells": least})
    yield Statement("methods.score", {}, ("robinson2010",))
    design = inputs.design
    model = "methods.model.paired" if design.is_paired else "methods.model.unpaired"
    yield Statement(model, {"df": design.df})
    if design.nuisance:
        yield Statement("methods.nuisance", {"columns": design.nuisance})
    told = inputs.submitted.settings.get("pathways", {})
    is_plain = told.get("primary_test") == "plain_t"
    yield Statement("methods.variance_plain", {}) if is_plain else Statement("methods.variance", {}, ("wu2012", "smyth2004"))
    yield Statement("methods.matched", {})
    if "n_matched_sets" in told:
        yield Statement("methods.matched_number", {"n_sets": told["n_matched_sets"]})
    yield Statement("methods.genes", {}, ("smyth2004",))
    yield Statement("methods.robustness", {}, ("wu2010", "wu2012", "badia2022", "holland2020"))
    if inputs.all_msc.controls is not None:
        yield Statement("methods.controls", {}, ("gerard2020",))


def _decision(inputs: Inputs) -> Iterator[Statement]:
    deltas = sorted({claim.delta for claim in inputs.all_msc.claims})
    yield Statement("methods.multiplicity", {}, ("benjamini1995",))
    yield Statement("methods.verdict", {"deltas": deltas}, ("schuirmann1987",))
    yield Statement("methods.gates", {})
