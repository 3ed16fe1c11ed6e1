"""Names that a lab types are shown as they are, and never run, in the shell or in a browser."""

import pytest

pytestmark = pytest.mark.workflow

NAMES = ["供体一 对照", "<img src=x onerror=alert(1)>", "$(touch pwned); rm -rf x", 'it\'s "quoted" & {braced}', "../up", "a b"]


def test_names_in_any_script_pass_through_the_whole_workflow(tiny, tmp_path, snakemake, read_verdicts):
    sheet = (tiny / "samples.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in sheet[1:]]
    for row, name in zip(rows, NAMES, strict=True):
        row[0], row[1] = name, str(tiny / row[1])
        row[2] += " 号 '$(touch pwned)'"
    (tmp_path / "samples.tsv").write_text("\n".join(["\t".join(r) for r in [sheet[0].split("\t"), *rows]]), encoding="utf-8")
    config = (tiny / "config.yaml").read_text(encoding="utf-8")
    config = config.replace("claims: claims.yaml", f"claims: {tiny / 'claims.yaml'}")
    (tmp_path / "config.yaml").write_text(config.replace("truth: data", f"truth: {tiny / 'data'}"), encoding="utf-8")
    done = snakemake(tmp_path, "--configfile", "config.yaml")
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.rglob("pwned")) == []
    assert {claim["verdict"] for claim in read_verdicts(tmp_path)["claims"]} >= {"SUPPORTED", "CONTRADICTED"}
    page = (tmp_path / "results/demo/report/report.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "供体一 对照" in page
