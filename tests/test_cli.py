"""The command takes what the steps take, and says what is wrong without a traceback."""

import argparse
import inspect
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from scvalid import cli
from scvalid.pipeline import STAGES


def verbs() -> dict[str, argparse.ArgumentParser]:
    parser = cli._parser()
    (action,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def test_each_stage_has_a_verb():
    typed = {"init", "simulate", "check", "verify", "schemas", "claims", "compounds", "check-resources", "build-resources"}
    assert set(verbs()) == {*STAGES, *cli.STEPS, *typed} - {"simulation"}


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "simulation"])
def test_a_verb_takes_what_its_step_takes(stage):
    actions = {action.dest: action for action in verbs()[stage]._actions if action.dest != "help"}
    wanted = inspect.signature(import_module(f"scvalid.{stage}.step").run).parameters
    assert set(actions) == set(wanted)
    assert all(parameter.kind is inspect.Parameter.KEYWORD_ONLY for parameter in wanted.values())
    # an option that may be left out here must have a value there, or take the one that the command gives it
    optional = {name for name, action in actions.items() if not action.required}
    assert optional >= {name for name, parameter in wanted.items() if parameter.default is not inspect.Parameter.empty}
    known = {"states", "truth", "gene_sets", "other_gene_sets", "aliases", "caps", "recorded", "orthologs", "species"}
    assert optional <= known | {"claimed", "controls", "rivals", "contrast", "contrasts", "beyond"}


def test_simulate_takes_what_its_step_takes():
    actions = {action.dest for action in verbs()["simulate"]._actions}
    assert actions >= set(inspect.signature(import_module("scvalid.simulation.step").run).parameters)


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_each_verb_has_help(verb, capsys):
    with pytest.raises(SystemExit, match="0"):
        cli.main([verb, "--help"])
    out = capsys.readouterr().out
    assert "usage: scvalid" in out


def test_check_says_that_a_good_submission_is_good(repository, capsys):
    assert cli.main(["check", str(repository / "config/config.yaml")]) == 0
    assert "8 samples, 6 claims, nothing to object to" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["hold keys and values"]),
        ("dataset: a\ndataset: b\n", ["'dataset' twice in line 2"]),
        ("sampels: x\n", ["Did you mean 'samples'?", "'dataset', must be given"]),
        ("- a\n", ["hold keys and values"]),
    ],
)
def test_check_says_every_fault_and_nothing_else(tmp_path, capsys, text, words):
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    assert cli.main(["check", str(tmp_path / "config.yaml")]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    assert all(word in printed.out for word in words)
    assert printed.out.startswith("config.yaml: refused for ")
    assert all(line.startswith("- config.yaml") for line in printed.out.splitlines() if line.startswith("-"))


def test_an_error_of_a_stage_is_its_sentence_and_exit_code_1(tmp_path):
    (tmp_path / "claims.yaml").write_text("claims: []", encoding="utf-8")
    paths = [
        word
        for name in (
            "orthologs", "sets", "genes", "profiles", "specifications", "rival-effects", "permuted", "recovery",
            "vehicle-splits", "facts", "target", "decisions",
        )
        for word in (f"--{name}", str(tmp_path / name))
    ]  # fmt: skip
    claims = ["--claims", str(tmp_path / "claims.yaml"), "--claim-ids", "C1"]
    command = [sys.executable, "-m", "scvalid", "verdicts", "--settings", "{}", "--context", "{}", *claims, *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "claims" in done.stderr


@pytest.mark.parametrize(
    ("options", "word"), [(["--seed", "-1"], "'seed'"), (["--cells", "3"], "n_cells"), (["--donors", "0"], "'n_donors'")]
)
def test_simulate_refuses_numbers_out_of_bounds_with_a_sentence(tmp_path, capsys, options, word):
    assert cli.main(["simulate", "--out", str(tmp_path / "s"), *options]) == 1
    assert word in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


def test_settings_of_a_rule_that_are_not_right_stop_it(capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(
            ["qc", "--settings", '{"no_such_key": 1}', "--context", "{}", "--source", "a", "--target", "b", "--summary", "c"]
        )
    assert "--settings" in capsys.readouterr().err


@pytest.mark.slow
def test_a_simulated_submission_passes_its_own_check(tmp_path, capsys):
    assert cli.main(["simulate", "--out", str(tmp_path), "--cells", "400", "--donors", "2"]) == 0
    assert cli.main(["check", str(tmp_path / "config.yaml")]) == 0
    assert "4 samples" in capsys.readouterr().out


def test_a_reader_that_leaves_is_no_refusal(repository):
    """Under ``set -o pipefail`` the status of ``check | head`` must not say that a good submission is refused."""
    command = [sys.executable, "-m", "scvalid", "check", str(repository / "config/config.yaml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait() == cli.READER_LEFT
    assert said == b""


def test_a_full_disk_is_a_sentence(repository):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    command = [sys.executable, "-m", "scvalid", "check", str(repository / "config/config.yaml"), "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == cli.OUTPUT_LOST
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_names_that_the_machine_cannot_spell_are_a_sentence(tmp_path, locale):
    """Where Python takes file names for ASCII, a Chinese path is a fault of the path, not of the program."""
    sheet = "sample_id\tpath\tdonor_id\tarm\n供体1\t数据/供体1.h5ad\t供体1\tvehicle\n"
    (tmp_path / "samples.tsv").write_text(sheet, encoding="utf-8")
    config = "dataset: d\nsamples: samples.tsv\nregistered_claims: [E32]\ndesign: {treated: x, vehicle: vehicle}\n"
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    environment = os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "scvalid", "check", str(tmp_path / "config.yaml"), "--json"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    found = json.loads(done.stdout.decode("utf-8"))
    assert (done.returncode, done.stderr, [fault["topic"] for fault in found["faults"]]) == (1, b"", ["files"])


def test_a_config_whose_name_is_no_text_is_refused_in_words(tmp_path, capsys):
    strange = tmp_path / os.fsdecode(b"c\xff.yaml")
    strange.write_text("- a\n", encoding="utf-8")
    assert cli.main(["check", str(strange), "--json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert "c\\udcff.yaml" in fault["text"]


def test_what_stands_in_a_file_of_another_kind_is_not_quoted(tmp_path, capsys):
    (tmp_path / "config.yaml").write_text("root:x:0:0:root\nsecret:y:1\n", encoding="utf-8")
    assert cli.main(["check", str(tmp_path / "config.yaml")]) == 1
    assert "secret" not in capsys.readouterr().out
