"""The table of the standard: whole, consistent, and not laxer than the standard it is derived from."""

import csv

import pytest

from scvalid.errors import ContractError
from scvalid.submission.samples.fields import IN_RESOURCES, ONE_OF, blocking_table, read_fields


def test_every_column_of_the_shared_standard_is_there(resources, shared_data):
    source = shared_data.parent / "knowledge/metadata_fields.tsv"
    if not source.is_file():
        pytest.skip("shared data missing: knowledge/metadata_fields.tsv")
    with source.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    fields = {field.column: field for field in read_fields(resources)}
    assert list(fields) == [column for row in rows for column in row["field"].split(";")]
    blocking = {column for row in rows if row["blocks_verdict"] == "yes" for column in row["field"].split(";")}
    assert {name for name in blocking if not fields[name].alternatives} == {"hashtag"}
    assert {name for name, field in fields.items() if field.alternatives} <= blocking


def test_alternatives_name_each_other(resources):
    fields = {field.column: field for field in read_fields(resources)}
    several = {field.column: field.alternatives for field in fields.values() if field.blocks_verdict.startswith(ONE_OF)}
    assert several
    for column, others in several.items():
        assert column in others
        assert {several[other] for other in others} == {others}


def test_what_a_column_offers_fits_its_kind(resources):
    for field in read_fields(resources):
        assert (field.kind in {"enum", "term", "terms", "medium", "challenge", "compound"}) <= bool(field.words), field
        assert (field.kind in {"number", "integer"}) == (field.bounds is not None), field


def test_the_table_of_the_manual_says_all_that_a_verdict_waits_for(resources):
    fields = read_fields(resources)
    table = blocking_table(fields)
    assert [field.column for field in fields if field.alternatives and f"`{field.column}`" not in table] == []
    assert "`consent`" not in table


def test_a_damaged_row_is_named(resources, tmp_path):
    text = (resources / IN_RESOURCES).read_text(encoding="utf-8")
    (tmp_path / IN_RESOURCES).write_text(text.replace("\tterm\t", "\tterminus\t", 1), encoding="utf-8")
    with pytest.raises(ContractError, match=r"metadata_fields\.tsv row \d+, column kind"):
        read_fields(tmp_path)
