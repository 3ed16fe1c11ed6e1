"""What is spoiled in the other tests passes as it is: else they would prove nothing."""

import json

import jsonschema
import pytest

from scvalid.cli import main


def test_nothing_speaks_against_the_sound_submission(lab, capsys):
    assert main(["check", str(lab.write()), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["faults"]) == ("passed", [])
    assert [claim["outlook"] for claim in found["claims"]] == ["decidable"]
    assert [file["n_cells"] for file in found["files"]] == [40] * 6


def test_what_is_printed_for_programs_holds_to_the_published_schema(lab, capsys, repository):
    lab.config["seed"] = -1
    main(["check", str(lab.write()), "--json"])
    schema = json.loads((repository / "docs/check.schema.json").read_text(encoding="utf-8"))
    printed = json.loads(capsys.readouterr().out)
    jsonschema.validate(printed, schema)
    # a schema that let anything pass would prove nothing
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(printed | {"status": "perhaps"}, schema)


def test_the_page_says_the_same_in_words(lab, capsys):
    lab.config["seed"] = -1
    assert main(["check", str(lab.write())]) == 1
    page = capsys.readouterr().out
    assert "config.yaml: refused for 1 fault." in page
    assert "- config.yaml, key 'seed', must be greater than or equal to 0." in page
    assert all(word in page for word in ("D3_icariin", "3 donors in both arms", "decidable"))
