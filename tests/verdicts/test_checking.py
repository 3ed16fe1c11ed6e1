"""Files that anybody may have written: read with bounds, each fault one sentence, folders as the workflow leaves them."""

import json
import os
import shutil

import pytest

from scvalid.contracts.verdicts import ClaimVerdict, DesignFile, VerdictsFile
from scvalid.errors import SubmissionError
from scvalid.io.documents import sha256_of, write_model
from scvalid.verdicts.beyond_step import run as run_beyond
from scvalid.verdicts.checking import check_decisions
from scvalid.verdicts.settings import VerdictsSettings

SHA256 = "ab" * 32


def write(folder, files):
    for name, file in files.items():
        write_model(folder / file.place / "decisions" / f"{name}.json", file)


def report_of(folder, **places):
    """Write what a report says of a run: headline, then contrasts by name, and which of them it judged beyond others."""
    of = {name: (next(iter(files.values())).registration, files) for name, files in places.items()}
    registration, headline = of.pop("headline")
    told = {
        "dataset": "d",
        "registration": registration,
        "n_claims": {},
        "claims": [{"id": name, "verdict": file.states[0].verdict} for name, file in headline.items()],
        "contrasts": [
            {"name": name, "registration": r, "claims": {n: {"verdict": f.states[0].verdict} for n, f in files.items()}}
            for name, (r, files) in of.items()
        ],
        "beyond": [{"contrast": "both"}] if "both" in of else [],
    }
    target = folder.parent / "report" / "verdicts.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(told), encoding="utf-8")


@pytest.fixture
def folder(decisions, make_decisions, tmp_path):
    """A folder as the workflow leaves it, with the file of verdicts beside the folders of decisions, and the report."""
    folder = tmp_path / "verdicts"
    write(folder, decisions)
    write(folder, make_decisions(grouping="by_state"))
    (folder / "all_msc.json").write_text("{}", encoding="utf-8")
    report_of(folder, headline=decisions)
    return folder


@pytest.fixture
def contrasts(folder, decisions, make_decisions):
    """The same folder with two contrasts, one of them judged beyond the other."""
    low = make_decisions(contrast="low", claim_ids=["supported", "none"])
    both = make_decisions(contrast="both", claim_ids=["supported", "none"])
    for files in (low, both):
        write(folder, files)
    report_of(folder, headline=decisions, low=low, both=both)
    sources = [folder / f"{name}.json" for name in ("both", "low")]
    for source, files in zip(sources, (both, low), strict=True):
        first = next(iter(files.values()))
        rows = [
            ClaimVerdict(
                claim=file.claim, registration=SHA256, state="all_msc", delta=file.delta, verdict=file.states[0].verdict,
                reasons=file.states[0].reasons, parts=file.states[0].parts,
            )
            for file in files.values()
        ]  # fmt: skip
        design = DesignFile(grouping="all_msc", states=(first.states[0].facts,))
        whole = VerdictsFile(
            grouping="all_msc", contrast=first.contrast, registration=first.registration, claims=rows, design=design
        )
        write_model(source, whole)
    run_beyond(settings=VerdictsSettings(), own=sources[0], others=sources[1:], target=folder / "beyond-both.json")
    return folder


def rewrite(path, change):
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def test_a_folder_of_results_holds(folder, decisions):
    found = check_decisions([folder])
    assert found.sentences == []
    assert (found.n_files, found.n_verdicts) == (2 * len(decisions), 2 * len(decisions))
    assert "supported  all_msc  SUPPORTED  as its numbers give it" in found.lines
    assert check_decisions([folder / "all_msc" / "decisions" / "none.json"]).n_files == 1


def test_a_changed_verdict_is_named_with_its_file(folder):
    def change(document):
        document["states"][0]["verdict"] = "SUPPORTED"

    rewrite(folder / "all_msc/decisions/none.json", change)
    found = check_decisions([folder / "all_msc"])
    assert [line for line in found.lines if line.endswith("DIFFERS")] == ["none  all_msc  SUPPORTED  DIFFERS"]
    assert [str(one).partition("verdicts/")[2] for one in found.sentences] == [
        "all_msc/decisions/none.json, state 'all_msc': verdict on the claim must be NO_RELEVANT_EFFECT. Got SUPPORTED. "
        "The file was changed after it was written, or comes from another version."
    ]


def test_a_family_that_was_changed_in_all_files_is_found_in_the_folder(folder):
    for path in (folder / "all_msc/decisions").glob("*.json"):
        rewrite(path, lambda document: document["families"]["primary"].__setitem__(-1, 0.99))
    found = check_decisions([folder])
    assert any("p values of the primary family" in sentence for sentence in found.sentences)


def nested(depth):
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "{}",
        nested(100_000),
        '{"schema_version": "1"',
        "\x00",
        '{"grouping": NaN}',
        "\ud800".encode("utf-8", "replace").decode(),
    ],
    ids=range(10),
)
def test_what_is_no_decision_file_gets_one_sentence(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    (sentence,) = check_decisions([path]).sentences
    assert "/a.json must be a decision file. Got " in sentence
    assert "\n" not in sentence
    assert len(sentence) < 400


def test_settings_of_another_version_get_one_sentence(folder):
    path = folder / "all_msc/decisions/none.json"
    rewrite(path, lambda document: document["settings"].update(gamma=1))
    (sentence,) = check_decisions([path]).sentences
    assert "gamma" in sentence


def test_a_number_that_is_none_is_refused(folder):
    path = folder / "all_msc/decisions/supported.json"
    rewrite(path, lambda document: document["states"][0]["parts"][0]["evidence"].update(theta=float("nan")))
    (sentence,) = check_decisions([path]).sentences
    assert "the number 'NaN'" in sentence


def test_a_file_without_end_is_not_read(tmp_path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    (sentence,) = check_decisions([pipe]).sentences
    assert "a folder, a device or a pipe" in sentence


def test_a_file_beyond_the_bound_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("scvalid.verdicts.sources.MAX_BYTES", 1_000_000)
    (tmp_path / "big.json").write_text(" " * 1_000_001, encoding="utf-8")
    assert check_decisions([tmp_path / "big.json"]).sentences[0].partition("big.json ")[2].startswith("must be below 1 MB")


def test_a_hostile_name_stays_one_line(folder):
    def change(document):
        document["states"][0]["facts"]["state"] = "x\x1b[2J\ny"

    path = folder / "all_msc/decisions/none.json"
    rewrite(path, change)
    found = check_decisions([path])
    assert found.sentences
    assert all(line.isprintable() for line in [*found.lines, *found.sentences])


def test_a_folder_without_decisions_is_refused(tmp_path):
    with pytest.raises(SubmissionError, match="hold decision files"):
        check_decisions([tmp_path])


def test_claims_are_held_against_their_file(folder, decisions, tmp_path):
    source = tmp_path / "claims.json"
    claims = [file.claim.model_dump(mode="json", exclude_defaults=True) for file in decisions.values()]
    source.write_text(json.dumps({"claims": claims}), encoding="utf-8")
    strange = check_decisions([folder / "all_msc/decisions/none.json"], claims=[source]).sentences
    assert "sha256 of the file of the claim" in strange[0]
    assert sha256_of(source) not in strange[0]


def test_a_claim_without_its_file_is_a_fault_of_a_folder_and_a_remark_on_files(folder):
    (folder / "all_msc/decisions/none.json").unlink()
    (sentence,) = check_decisions([folder / "all_msc"]).sentences
    assert "claim none must be a decision file. Got none." in sentence
    single = check_decisions([folder / "all_msc/decisions/supported.json"])
    assert single.sentences == []
    assert single.absent == ["7 of 8 claims of all_msc", "by_state"]


def test_a_grouping_that_is_not_there_is_a_fault_of_the_folder_of_a_run(folder):
    shutil.rmtree(folder / "by_state")
    (sentence,) = check_decisions([folder]).sentences
    assert "verdicts: by_state must be a folder of decision files. Got none." in sentence
    found = check_decisions([folder / "all_msc"])
    assert (found.sentences, found.absent) == ([], ["by_state"])


def test_contrasts_and_what_holds_beyond_them_are_verified(contrasts):
    found = check_decisions([contrasts])
    assert (found.sentences, found.absent) == ([], [])
    assert "supported  [contrast low]  all_msc  SUPPORTED  as its numbers give it" in found.lines
    assert "supported  [both beyond low]  all_msc  SUPPORTED  as its numbers give it" in found.lines


def test_a_contrast_that_the_run_has_no_longer_is_named(contrasts, decisions):
    report_of(contrasts, headline=decisions)
    found = check_decisions([contrasts]).sentences
    for name in ("contrast-low", "contrast-both", "beyond-both"):
        assert any(f"verdicts: {name} must" in one or f"/{name}.json: {name} must" in one for one in found), name


def test_contrasts_that_are_not_there_are_named(contrasts):
    shutil.rmtree(contrasts / "contrast-low")
    (contrasts / "beyond-both.json").unlink()
    found = check_decisions([contrasts]).sentences
    assert any("contrast-low must be a folder of decision files. Got none." in one for one in found)
    assert any("beyond-both.json must be a file. Got none." in one for one in found)


def test_a_changed_verdict_beyond_contrasts_is_found(contrasts):
    rewrite(contrasts / "beyond-both.json", lambda document: document["claims"][1].update(verdict="SUPPORTED"))
    (sentence,) = check_decisions([contrasts]).sentences
    assert "beyond-both.json, state 'all_msc': none verdict must be NO_RELEVANT_EFFECT. Got SUPPORTED." in sentence


def test_groupings_of_two_runs_are_told_apart(folder, make_decisions):
    write(folder, make_decisions(grouping="by_state", settings=VerdictsSettings(delta=0.4)))
    found = check_decisions([folder]).sentences
    assert any("settings of by_state must be that of all_msc" in one for one in found)
    assert any("registration of by_state must be" in one and "as in the report" in one for one in found)


def test_without_a_report_the_last_line_says_so(folder):
    shutil.rmtree(folder.parent / "report")
    found = check_decisions([folder])
    assert found.sentences == []
    assert "which names its contrasts" in found.absent[0]


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ('{"dataset": "d", "n_claims": {}, "claims": []}', "published verdicts, verdicts.json of a report."),
        ('{"grouping": "all_msc", "design": {}, "claims": []}', "a file of verdicts."),
        ('{"a": 1, "a": 1}', "a file that is none: the key 'a' twice."),
        ('{"a": 1e999}', "a file that is none: the number '1e999'."),
        ('{"a": 1%s}' % ("0" * 400), "a file that is none: the number '1000"),
    ],
)
def test_what_else_it_is_is_said(tmp_path, text, got):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (sentence,) = check_decisions([tmp_path]).sentences
    assert f"must be a decision file. Got {got}" in sentence
