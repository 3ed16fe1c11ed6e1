"""Generated files of the repository are in step with the code that they are generated from."""

import json

import pytest
import yaml

from scvalid.documentation import documentation_texts, key_table, write_documentation
from scvalid.errors import SubmissionError
from scvalid.submission.config import parse_config
from scvalid.submission.samples.fields import read_fields


def texts_of(repository) -> dict[str, str]:
    manual = (repository / "config/README.md").read_text(encoding="utf-8")
    return documentation_texts(manual, resources=repository / "resources")


def test_generated_files_are_in_step(repository):
    drifted = [
        path
        for path, text in texts_of(repository).items()
        if not (repository / path).is_file() or (repository / path).read_text(encoding="utf-8") != text
    ]
    assert drifted == [], "these files have drifted from the code; repair them with:  make schemas"


def test_every_key_of_the_example_is_in_the_table(repository):
    def keys(values, prefix=""):
        for key, value in values.items():
            if isinstance(value, dict):
                yield from keys(value, f"{prefix}{key}.")
            else:
                yield f"`{prefix}{key}`"

    example = yaml.safe_load((repository / "config/config.yaml").read_text(encoding="utf-8"))
    columns = {f"`metadata.{field.column}`" for field in read_fields(repository / "resources")}
    table = key_table()
    assert [key for key in keys(example) if key not in table and key not in columns] == []


def test_every_key_has_a_meaning():
    assert [row for row in key_table().splitlines()[2:] if row.rstrip(" |").count("|") < 3] == []


def test_writing_twice_changes_nothing(repository, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "resources").mkdir()
    table = (repository / "resources/metadata_fields.tsv").read_text(encoding="utf-8")
    (tmp_path / "resources/metadata_fields.tsv").write_text(table, encoding="utf-8")
    (tmp_path / "config/README.md").write_text((repository / "config/README.md").read_text(encoding="utf-8"), encoding="utf-8")
    write_documentation(tmp_path)
    first = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    write_documentation(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == first
    made = {path.relative_to(tmp_path).as_posix() for path in first} - {"resources/metadata_fields.tsv"}
    assert made == set(texts_of(repository))


def test_schemas_name_keys_that_the_config_takes(repository):
    schema = json.loads(texts_of(repository)["config/config.schema.json"])
    example = yaml.safe_load((repository / "config/config.yaml").read_text(encoding="utf-8"))
    assert parse_config(example, name="config.yaml").dataset == "demo"
    assert set(example) <= set(schema["properties"])
    assert schema["additionalProperties"] is False


def test_a_manual_without_marks_is_refused(repository):
    with pytest.raises(SubmissionError, match=r"config/README\.md must hold"):
        documentation_texts("no marks", resources=repository / "resources")
