"""The methods paragraphs say what this run did and nothing that it did not."""

import dataclasses

from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.methods import DOI, methods_of, references_of
from scvalid.reporting.wording import say_method


def keys(inputs: Inputs) -> list[str]:
    return [statement.key for statement in methods_of(inputs)]


def test_the_method_that_ran_is_described_and_cited(inputs: Inputs) -> None:
    scvi = dataclasses.replace(inputs, integration=inputs.integration.model_copy(update={"method": "scvi"}))
    assert "methods.integration.harmony" in keys(inputs)
    assert "methods.integration.scvi" in keys(scvi)
    assert "korsunsky2019" not in references_of(methods_of(scvi))


def test_a_check_that_did_not_run_is_not_described(inputs: Inputs) -> None:
    without = tuple(sample.model_copy(update={"identity": ()}) for sample in inputs.quality)
    assert "methods.identity" in keys(inputs)
    assert "methods.identity" not in keys(dataclasses.replace(inputs, quality=without))


def test_the_design_decides_the_model(inputs: Inputs) -> None:
    facts = inputs.design.model_copy(update={"is_paired": False, "nuisance": ()})
    design = inputs.all_msc.design.model_copy(update={"states": (facts,)})
    unpaired = dataclasses.replace(inputs, all_msc=inputs.all_msc.model_copy(update={"design": design}))
    assert {"methods.model.paired", "methods.nuisance"} <= set(keys(inputs))
    assert {"methods.model.paired", "methods.nuisance"}.isdisjoint(keys(unpaired))


def test_the_test_that_decided_is_the_one_described(inputs: Inputs) -> None:
    told = inputs.submitted.model_copy(update={"settings": {"pathways": {"primary_test": "plain_t", "n_matched_sets": 999}}})
    plain = keys(dataclasses.replace(inputs, submitted=told))
    assert "methods.variance" in keys(inputs)
    assert {"methods.variance_plain", "methods.matched_number"} <= set(plain)
    assert "methods.variance" not in plain


def test_settings_stand_in_the_text(inputs: Inputs) -> None:
    text = " ".join(say_method(load_catalogue("en"), statement) for statement in methods_of(inputs))
    assert "fewer than 20 cells" in text
    assert "resolution 0.5, 15 neighbours" in text
    assert "±0.25 log2" in text


def test_every_paper_that_may_be_cited_has_a_reference_and_the_order_is_that_of_the_text(inputs: Inputs) -> None:
    catalogue = load_catalogue("en")
    assert [paper for paper in DOI if f"reference.{paper}" not in catalogue] == []
    references = references_of(methods_of(inputs))
    assert references[0] == "guo2025"
    assert len(set(references)) == len(references)
    assert set(references) <= set(DOI)


def test_a_statement_that_cites_leaves_the_stop_to_its_citation(inputs: Inputs) -> None:
    catalogue = load_catalogue("en")
    for statement in methods_of(inputs):
        assert say_method(catalogue, statement).endswith(".") is not bool(statement.cites), statement.key
