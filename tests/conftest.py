"""What all tests share: the repository, the shared real data, a browser, and what a skip means in CI."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parents[1]
SKIPS_THAT_FAIL_IN_CI = ("shared data missing", "browser missing", "scheduler missing")
BROWSER_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--no-first-run", "--disable-component-update", "--disable-sync", "--window-size=1280,900",
)  # fmt: skip
# the same commit has the same result there; at a desk new examples are looked for
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of this checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public data beside the checkout; skips (fails in CI) where it is missing."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("shared data missing: no folder shared/data beside the checkout")
    return folder


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    """Headless Chromium that collects its console; skips (fails in CI) where there is none."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("browser missing: chromium and chromedriver must be on the path")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (*BROWSER_ARGUMENTS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield opened
    opened.quit()


@pytest.fixture
def write_samples(tmp_path: Path) -> Callable[..., list[Path]]:
    """Write planted cells (counts, obs, genes) as one file a sample, each without the genes named for it."""
    from anndata import AnnData
    from pandas import DataFrame

    from scvalid.io.matrices import write_adata
    from scvalid.keys import Obs, Uns, Var

    def write(planted: Any, *, missing: Sequence[Sequence[str]] = ()) -> list[Path]:
        paths = []
        for i, (sample, rows) in enumerate(planted.obs.groupby(Obs.SAMPLE)):
            at = planted.obs.index.get_indexer(rows.index)
            var = DataFrame({Var.IS_MT: False, Var.IS_RIBO: False}, index=planted.genes)
            cells = AnnData(planted.counts[at], obs=rows.copy(), var=var, uns={Uns.INTAKE: "{}"})
            absent = missing[i] if i < len(missing) else ()
            paths.append(tmp_path / f"{sample}.h5ad")
            write_adata(paths[-1], cells[:, ~cells.var_names.isin(absent)].copy())
        return paths

    return write


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI=true a test that skips because something is missing on the machine has failed."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if any(word in reason for word in SKIPS_THAT_FAIL_IN_CI):
            report.outcome = "failed"
            report.longrepr = f"with CI=true this must not be skipped: {reason}"
