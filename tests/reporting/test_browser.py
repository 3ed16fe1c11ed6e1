"""The report in a real browser: no errors, the script works, and all of it is there without the script."""

from collections.abc import Callable
from typing import Any

import pytest

from scvalid.reporting.settings import ReportingSettings
from scvalid.reporting.step import run

pytestmark = pytest.mark.browser


@pytest.fixture
def report(files: Callable[..., dict[str, Any]]) -> str:
    arguments = files()
    run(settings=ReportingSettings(), **arguments)
    return arguments["html"].as_uri()


def names(browser: Any) -> list[str]:
    rows = "[...document.querySelectorAll('#verdicts tbody tr')].filter(row => !row.hidden)"
    return browser.execute_script(f"return {rows}.map(row => row.querySelector('.id').textContent)")


def test_report_opens_without_errors_sorts_filters_and_switches_theme(browser: Any, report: str) -> None:
    browser.get(report)
    assert names(browser) == ["osteo-up", "nfkb-up", "hypoxia", "two-parts", "mir-21"]
    effect = browser.find_elements("css selector", "#verdicts thead button")[2]
    effect.click()
    # a claim without an effect stays last whichever way the rest is turned
    assert names(browser) == ["nfkb-up", "hypoxia", "two-parts", "osteo-up", "mir-21"]
    effect.click()
    assert names(browser) == ["osteo-up", "two-parts", "hypoxia", "nfkb-up", "mir-21"]
    browser.find_element("id", "search").send_keys("yap")
    assert names(browser) == ["two-parts"]
    assert browser.find_element("id", "shown").text == "1 of 5 shown"
    browser.find_element("id", "theme").click()
    assert browser.execute_script("return document.documentElement.dataset.theme") in ("dark", "light")
    assert [entry for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")] == []


def test_a_hostile_name_is_shown_and_does_not_run(browser: Any, report: str, hostile: str) -> None:
    browser.get(report)
    assert browser.execute_script("return document.images.length") == 0
    assert hostile in browser.find_element("id", "quality").text
    assert hostile in browser.execute_script("return document.querySelector('#claim-osteo-up details').textContent")


def test_style_applies_and_the_page_is_no_wider_than_a_phone(browser: Any, report: str) -> None:
    size = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(report)
    assert browser.execute_script("return document.documentElement.scrollWidth") == size["width"]
    assert browser.execute_script("return getComputedStyle(document.querySelector('.masthead')).position") == "sticky"


def test_no_table_is_clipped_on_paper(browser: Any, report: str) -> None:
    # A4 less the margins of the print style, in CSS pixels
    size = {"width": 688, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    browser.get(report)
    edges = "[...document.querySelectorAll('table')].map(table => table.getBoundingClientRect().right)"
    assert browser.execute_script(f"return Math.max(...{edges})") <= size["width"]


def test_everything_is_there_without_the_script(browser: Any, report: str) -> None:
    browser.get(report)
    whole = browser.find_element("tag name", "main").text
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(report)
    text = browser.find_element("tag name", "main").text
    controls = browser.find_element("id", "controls")
    assert not controls.is_displayed()
    assert not browser.find_element("id", "theme").is_displayed()
    # only the controls, which do nothing without it, are gone
    assert [
        line
        for line in whole.splitlines()
        if line not in text and line not in ("Search", "Verdict", "All verdicts", "5 of 5 shown")
    ] == []
