"""The verb init: writes two files, never over others, asks on a terminal alone, and what it wrote passes the check."""

import sys

import pytest
import yaml

from scvalid import cli


@pytest.fixture
def kang(shared_data):
    (found,) = (shared_data / "kang2018_ifnb").glob("*.h5ad")
    return str(found)


def test_what_is_written_passes_the_check(kang, tmp_path, capsys):
    out = tmp_path / "sub"
    command = ["init", kang, "--out", str(out), "--no-input", "--treatment", "IFNG + TNF licensing", "--claims", "K01"]
    assert cli.main(command) == 0
    printed = capsys.readouterr().out
    assert "16 samples, 8 donors, stim v ctrl, human" in printed
    assert f"next: scvalid check {out / 'config.yaml'}" in printed
    assert cli.main(["check", str(out / "config.yaml")]) == 0


def test_gaps_are_refused_by_the_check(shared_data, tmp_path, capsys):
    source = str(shared_data / "mouse_stroma/mouse_bm_stroma_250.h5ad")
    assert cli.main(["init", source, "--out", str(tmp_path), "--yes"]) == 0
    assert "fill in samples.tsv: donor_id of 1 samples" in capsys.readouterr().out
    assert cli.main(["check", str(tmp_path / "config.yaml")]) == 1
    said = "".join(capsys.readouterr())
    for words in ("compound.name", "design.treated", "donor_id"):
        assert words in said


def test_no_file_is_written_over(kang, tmp_path, capsys):
    (tmp_path / "samples.tsv").write_text("mine", encoding="utf-8")
    assert cli.main(["init", kang, "--out", str(tmp_path), "--yes"]) == 1
    assert "samples.tsv" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["samples.tsv"]
    assert cli.main(["init", kang, "--out", str(tmp_path), "--yes", "--force"]) == 0
    assert (tmp_path / "samples.tsv").read_text(encoding="utf-8") != "mine"


def test_what_is_no_plain_file_is_not_written_over_even_by_force(kang, tmp_path, capsys):
    mine = tmp_path / "mine.yaml"
    mine.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "config.yaml").symlink_to(mine)
    (out / "samples.tsv").mkdir()
    assert cli.main(["init", kang, "--out", str(out), "--yes", "--force"]) == 1
    said = capsys.readouterr().err
    assert "Got a link." in said
    assert "Got a folder." in said
    assert mine.read_text(encoding="utf-8") == "mine"


def test_questions_go_to_a_terminal_alone(kang, tmp_path, monkeypatch):
    asked = []

    def answer(question: str) -> str:
        asked.append(question)
        return "licensed MSC" if question.startswith("what was done instead") else ""

    monkeypatch.setattr("builtins.input", answer)
    assert cli.main(["init", kang, "--out", str(tmp_path / "quiet")]) == 0
    assert asked == []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert cli.main(["init", kang, "--out", str(tmp_path / "asked")]) == 0
    assert any(question == "species: human, mouse or rat [human]: " for question in asked)
    values = yaml.safe_load((tmp_path / "asked/config.yaml").read_text(encoding="utf-8"))
    assert values["treatment"] == "licensed MSC"
    assert "compound" not in values


def test_a_file_that_is_left_out_is_said(kang, tmp_path, capsys):
    (tmp_path / "x.h5ad").write_bytes(b"x")
    assert cli.main(["init", kang, str(tmp_path / "x.h5ad"), "--out", str(tmp_path), "--yes"]) == 0
    assert capsys.readouterr().err.startswith("left out: ")
    assert cli.main(["init", str(tmp_path / "x.h5ad"), "--out", str(tmp_path / "n"), "--yes"]) == 1
    assert not (tmp_path / "n").exists()
