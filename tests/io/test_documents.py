"""Documents that people write are plain, bounded YAML; documents between stages hold their model."""

import hashlib
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scvalid.contracts.quality import TruthFile
from scvalid.errors import ContractError, SubmissionError
from scvalid.io.documents import MAX_YAML_BYTES, parse_strictly, read_model, read_yaml, sha256_of, write_model

BOMB = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))


def fault_of(source) -> str:
    with pytest.raises(SubmissionError) as caught:
        read_yaml(source)
    (finding,) = caught.value.findings
    assert finding.isprintable()
    assert len(finding) < 1500
    return finding


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("qc:\n  a: 1\nintake: {}\nqc:\n  b: 2\n", "the key 'qc' twice in line 4"),
        ("qc: {n: 1, n: 2}", "the key 'n' twice in line 1"),
        ("- a:\n    - {x: 1, 'x': 2}", "the key 'x' twice in line 2"),
        ("yes: 1\ntrue: 2", "twice"),
        (BOMB, "alias"),
        ("a: *nowhere", "alias"),
        ("[" * 100_000, "more than 50 levels"),
        ("- " * 5000, "more than 50 levels"),
        ("a: [1", "line"),
        ("a: b: c", "line 1"),
        ("a:\n\t- b", "line 2"),
        ("a: \x00", "does not allow"),
        ("a: 2024-13-45", "dates that exist"),
        ("a: " + "9" * 6000, "numbers"),
        ("a: !!timestamp x", "Correct it"),
        ("a: !!bool x", "Correct it"),
        ("a: !!python/object/apply:os.system [ls]", "tag"),
        ("? [a]\n: b", "unhashable"),
        ("---\na\n---\nb", "another document"),
    ],
    ids=range(19),
)
def test_what_is_not_plain_yaml_is_one_sentence(tmp_path, text, word):
    source = tmp_path / "config.yaml"
    source.write_text(text, encoding="utf-8")
    assert word in fault_of(source)


@pytest.mark.parametrize("content", ["a: 淫羊藿苷".encode("gb18030"), "a: b".encode("utf-16"), b"\xff\x00"])
def test_other_encodings_are_one_sentence(tmp_path, content):
    source = tmp_path / "config.yaml"
    source.write_bytes(content)
    assert "UTF-8" in fault_of(source)


def test_missing_folder_large_and_impossible_files_are_sentences(tmp_path):
    (tmp_path / "large.yaml").write_bytes(b" " * (MAX_YAML_BYTES + 1))
    assert "no such file" in fault_of(tmp_path / "none.yaml")
    assert "5 MB" in fault_of(tmp_path / "large.yaml")
    assert "Got 'a folder, a device or a pipe'" in fault_of(tmp_path)
    assert "Got 'File name too long'" in fault_of(tmp_path / ("药" * 200))


def test_marks_and_comments_are_taken_and_null_is_null(tmp_path):
    source = tmp_path / "config.yaml"
    source.write_bytes("\ufeff# note\r\na: 药\r\nb:\r\nc: [1, 2.5, x]\r\nd: {a: 1}\r\n".encode())
    assert read_yaml(source) == {"a": "药", "b": None, "c": [1, 2.5, "x"], "d": {"a": 1}}
    source.write_bytes(b"")
    assert read_yaml(source) is None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.one_of(st.sampled_from(":-[]{}&*!?|>'\"\n #%@`<=,0aé"), st.characters(codec="utf-8"))))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    source = tmp_path_factory.getbasetemp() / "any.yaml"
    source.write_text(text, encoding="utf-8")
    try:
        read_yaml(source)
    except SubmissionError as error:
        findings = error.findings
    else:
        return
    assert all(f.isprintable() and len(f) < 1500 for f in findings)


def test_models_come_back_and_have_the_same_bytes_twice(tmp_path):
    claims = ({"claim_id": "药", "planted_log2fc": 0.1 + 0.2, "expected": "SUPPORTED", "accepted": ("SUPPORTED",)},)
    model = TruthFile.model_validate({"seed": 1, "claims": claims})
    for name in ("a.json", "b.json"):
        write_model(tmp_path / name, model)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert read_model(tmp_path / "a.json", TruthFile) == model


@pytest.mark.parametrize("text", ["", "{", "{}", '{"seed": 1, "claims": [], "more": 1}', "[]"])
def test_a_document_without_its_promise_is_refused(tmp_path, text):
    (tmp_path / "truth.json").write_text(text, encoding="utf-8")
    with pytest.raises(ContractError, match=r"^truth\.json"):
        read_model(tmp_path / "truth.json", TruthFile)


def test_hash_of_a_file_is_that_of_its_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"x" * 3_000_000).hexdigest()


def test_hash_of_a_folder_sees_names_and_bytes(tmp_path):
    def folder(name, **files):
        (tmp_path / name / "inner").mkdir(parents=True)
        for file, text in files.items():
            (tmp_path / name / "inner" / file).write_text(text, encoding="utf-8")
        return sha256_of(tmp_path / name)

    assert folder("a", x="1", y="2") == folder("b", y="2", x="1")
    assert len({folder("c", x="1", y="2"), folder("d", x="2", y="1"), folder("e", z="1", y="2"), folder("f", x="1")}) == 4


def test_hash_of_a_folder_takes_names_that_are_no_text_and_the_files_that_count(tmp_path):
    for name, text in ((os.fsdecode(b"\xff.txt"), "1"), ("{sample}.txt", "2"), ("matrix.mtx", "3")):
        (tmp_path / name).write_text(text)
    alone = hashlib.sha256(b"matrix.mtx\x003").hexdigest()
    assert sha256_of(tmp_path, files=[tmp_path / "matrix.mtx"]) == alone != sha256_of(tmp_path)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b'{"a": {"b": 1, "b": 1}}', "the key 'b' twice"),
        (b"[NaN]", "the number 'NaN'"),
        (b"[1e16]", "the number '1e16'"),
        (b"[" * 100_000, "without end"),
        ("{}".encode("utf-16"), "other bytes than UTF-8"),
    ],
    ids=range(5),
)
def test_json_of_somebody_else_is_read_strictly(raw, fault):
    assert parse_strictly(b'{"a": [1, -2.5, null, "b"]}') == {"a": [1, -2.5, None, "b"]}
    with pytest.raises(ValueError, match=fault):
        parse_strictly(raw)
