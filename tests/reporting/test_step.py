"""The whole stage: from the files of every stage to the report and verdicts.json."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from scvalid.contracts.quality import SampleSummary
from scvalid.errors import ContractError
from scvalid.reporting.settings import ReportingSettings
from scvalid.reporting.step import run

Files = Callable[..., dict[str, Any]]


def test_same_inputs_in_another_folder_give_the_same_bytes(files: Files) -> None:
    first, second = files("here"), files("there")
    run(settings=ReportingSettings(), **first)
    run(settings=ReportingSettings(), **second)
    assert first["html"].read_bytes() == second["html"].read_bytes()
    assert first["verdicts"].read_bytes() == second["verdicts"].read_bytes()


def test_no_path_of_the_machine_is_shown(files: Files) -> None:
    arguments = files()
    run(settings=ReportingSettings(), **arguments)
    folder = str(arguments["html"].parent)
    assert folder not in arguments["html"].read_text(encoding="utf-8")
    assert folder not in arguments["verdicts"].read_text(encoding="utf-8")


def test_report_of_real_data_has_no_truth_column_and_no_banner(files: Files) -> None:
    arguments = files() | {"truth": None}
    arguments["submission"] = arguments["submission"] | {"is_simulated": False}
    run(settings=ReportingSettings(), **arguments)
    html = arguments["html"].read_text(encoding="utf-8")
    assert "Planted truth" not in html
    assert "simulated" not in html
    assert all(claim["planted"] is None for claim in json.loads(arguments["verdicts"].read_text(encoding="utf-8"))["claims"])


def test_a_submission_without_compound_and_gene_sets_is_reported(files: Files) -> None:
    arguments = files()
    arguments["submission"] = arguments["submission"] | {"compound": None, "gene_sets": [], "title": None, "settings": {}}
    run(settings=ReportingSettings(), **arguments)
    assert "What the data of demo-msc support" in arguments["html"].read_text(encoding="utf-8")


def test_a_broken_submission_stops_before_anything_is_written(files: Files) -> None:
    arguments = files()
    del arguments["submission"]["dataset"]
    with pytest.raises(ContractError, match="dataset"):
        run(settings=ReportingSettings(), **arguments)
    assert not arguments["html"].exists()
    assert not arguments["verdicts"].exists()


def test_a_summary_of_the_wrong_kind_is_refused(files: Files) -> None:
    arguments = files()
    arguments["integration"] = arguments["quality"][0]
    assert SampleSummary.model_validate_json(arguments["integration"].read_text(encoding="utf-8"))
    with pytest.raises(ContractError, match=r"quality-0\.json"):
        run(settings=ReportingSettings(), **arguments)
