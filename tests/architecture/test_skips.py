"""With CI=true a skip for missing data, browser or scheduler fails the run; elsewhere it is a skip that says why."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = 'import pytest\n\ndef test_it():\n    pytest.skip("{reason}")\n'


@pytest.mark.parametrize("reason", ["shared data missing: x", "browser missing: x", "scheduler missing: x"])
@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_a_skip_for_something_missing_fails_only_in_ci(tmp_path: Path, repository: Path, reason: str, ci: str, status: int):
    shutil.copy(repository / "tests/conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_it.py").write_text(PROGRAM.format(reason=reason), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env=os.environ | {"CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout
    assert reason in done.stdout or not ci
