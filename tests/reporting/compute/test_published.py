"""verdicts.json: complete, with sentences, and readable by its own schema."""

import json

from scvalid.contracts.readouts import Readout
from scvalid.contracts.verdicts import Verdict
from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.published import PublishedVerdicts, Sentences, publish, published_schema
from scvalid.reporting.wording import say_reason


def published(inputs: Inputs) -> PublishedVerdicts:
    english, chinese = load_catalogue("en"), load_catalogue("zh")
    return publish(inputs, say=lambda reason: Sentences(en=say_reason(english, reason), zh=say_reason(chinese, reason)))


def test_every_number_of_the_evidence_is_published_unrounded(inputs: Inputs) -> None:
    document = json.loads(json.dumps(published(inputs).model_dump(mode="json")))
    for row, claim in zip(inputs.all_msc.claims, document["claims"], strict=True):
        assert claim["verdict"] == row.verdict
        assert [part["evidence"] for part in claim["parts"]] == [
            part.evidence and part.evidence.model_dump(mode="json") for part in row.parts
        ]


def test_counts_name_all_five_verdicts_and_add_up(inputs: Inputs) -> None:
    counts = published(inputs).n_claims
    assert set(counts) == set(Verdict)
    assert sum(counts.values()) == len(inputs.all_msc.claims)


def test_the_error_rates_of_the_run_are_published(inputs: Inputs) -> None:
    assert published(inputs).controls == inputs.all_msc.controls


def test_states_and_planted_truth_stand_with_their_claim(inputs: Inputs) -> None:
    first = published(inputs).claims[0]
    assert [state.state for state in first.by_state] == ["basal", "osteo-primed", "stressed"]
    assert first.planted is not None
    assert first.planted.claim_id == first.id


def test_a_reason_has_its_code_its_values_and_its_sentence(inputs: Inputs) -> None:
    reason = published(inputs).claims[4].reasons[0]
    assert (reason.code, reason.values) == ("NOT_TRANSCRIPT_LEVEL", {"type": "mirna"})
    assert "microRNA" in reason.text.en
    assert "微小 RNA" in reason.text.zh


def test_how_far_source_and_set_can_be_trusted_stands_with_claim_and_part(inputs: Inputs) -> None:
    osteo, nfkb, hypoxia, two, mir21 = published(inputs).claims
    assert osteo.source_status == "read; the review in a Chinese digest"
    assert osteo.quote == "淫羊藿苷:促MSC成骨分化 <P3>"
    assert (nfkb.source_status, nfkb.quote) == (None, None)
    statuses = [[part.set_status for part in claim.parts] for claim in (osteo, nfkb, hypoxia, two, mir21)]
    assert statuses == [["curated - to review"], [None], ["submitted"], ["read", "file"], [None]]
    assert [state.parts[0].set_status for state in osteo.by_state] == ["curated - to review"] * 3


def test_a_gene_is_no_set_though_it_bears_the_name_of_one(inputs: Inputs) -> None:
    assert inputs.set_status(Readout(type="gene", id="SENESCENCE")) is None


def test_the_document_can_be_read_back_and_its_schema_names_every_field(inputs: Inputs) -> None:
    document = published(inputs)
    assert PublishedVerdicts.model_validate_json(document.model_dump_json()) == document
    assert set(published_schema()["properties"]) == set(document.model_dump())  # type: ignore[call-overload]
