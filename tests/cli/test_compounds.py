"""``scvalid compounds`` as a person types it, on any terminal."""

import json
import os
import subprocess
import sys

import pytest

from scvalid.cli import main


@pytest.mark.parametrize("query", ["icariin", "淫羊藿苷", "Epimedium"])
def test_the_compound_is_found(query, capsys):
    assert main(["compounds", query]) == 0
    printed = capsys.readouterr()
    assert "icariin" in printed.out
    assert "淫羊藿苷" in printed.out
    assert printed.err == ""


def test_a_near_miss_offers_the_nearest_name(capsys):
    assert main(["compounds", "icarin"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Did you mean 'icariin'" in printed.err
    assert len(printed.err.splitlines()) == 1


def test_without_a_query_all_are_listed(capsys):
    assert main(["compounds"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("palmitic acid", "icariin", "dimethyl sulfoxide"))
    assert len(printed.splitlines()) >= 34


def test_a_dose_is_said_in_micromolar_with_the_salt_that_was_weighed(capsys):
    assert main(["compounds", "川芎嗪", "--dose", "30 mg/L", "--salt", "hydrochloride"]) == 0
    assert capsys.readouterr().out.startswith("30 mg/L = 173.8 uM with 172.66 g/mol (ligustrazine hydrochloride)\n")


def test_whoever_asks_for_a_salt_weighed_that_salt(capsys):
    assert main(["compounds", "盐酸小檗碱", "--dose", "5 mg/L"]) == 0
    assert capsys.readouterr().out.startswith("5 mg/L = 13.45 uM with 371.82 g/mol (berberine chloride)\n")
    assert main(["compounds", "berberine hydrochloride", "--dose", "5 mg/L", "--molar-mass", "407.85"]) == 0
    assert "with 407.85 g/mol (molar mass as given)" in capsys.readouterr().out


def test_json_holds_what_the_table_holds(capsys):
    assert main(["compounds", "naringin", "--json", "--dose", "10 ug/mL"]) == 0
    document = json.loads(capsys.readouterr().out)
    (compound,) = document["compounds"]
    assert compound["inchikey"] == "DFPMSGMNTNDNHN-ZPHOTFPESA-N"
    assert compound["potency_value"] is None
    assert document["dose"]["um"] == pytest.approx(17.2254, abs=1e-3)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Epimedium", "--dose", "5 uM"], "Got 4 of them"),
        (["--dose", "5 uM"], "of them. Name one: palmitic acid"),
        (["icariin", "--molar-mass", "5"], "--dose must be given"),
        (["icariin", "--dose", "5 mg"], "the unit"),
        (["icariin", "--dose", "5 mg/L", "--molar-mass", "nan"], "from 1 to 100000 g/mol"),
        (["icariin", "--library", "no such file.tsv"], "no such file"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(arguments, words, capsys):
    assert main(["compounds", *arguments]) == 1
    printed = capsys.readouterr()
    assert words in printed.err
    assert len(printed.err.splitlines()) == 1
    assert printed.out == ""


@pytest.mark.parametrize(
    ("environment", "encoding", "name"),
    [
        ({"LC_ALL": "C"}, "utf-8", "淫羊藿苷"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "utf-8", "淫羊藿苷"),
        ({"PYTHONIOENCODING": "ascii"}, "utf-8", "淫羊藿苷"),
        ({"PYTHONIOENCODING": "gbk"}, "gbk", "淫羊藿苷"),
        ({"PYTHONIOENCODING": "latin-1"}, "latin-1", "\\u6deb\\u7f8a\\u85ff\\u82f7"),
    ],
)
def test_chinese_is_found_and_printed_on_any_terminal(environment, encoding, name):
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHONIO", "PYTHONUTF8"))}
    command = [os.fsencode(word) for word in (sys.executable, "-m", "scvalid", "compounds")]
    for query, code in (("淫羊藿苷", 0), ("淫羊霍苷", 1)):
        done = subprocess.run([*command, query.encode()], capture_output=True, env=plain | environment, check=False)
        assert done.returncode == code
        assert name in (done.stderr if code else done.stdout).decode(encoding)
        assert b"Traceback" not in done.stderr
