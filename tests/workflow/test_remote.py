"""Files of an https address go through the workflow: retrieved once for all samples in them, checked, no token shown."""

import hashlib
import shutil
import ssl
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import anndata
import pytest
import trustme

pytestmark = pytest.mark.workflow

TOKEN = "s3cr3t"  # noqa: S105  no password of anyone
asked: list[str] = []


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, form: str, *arguments: object) -> None:
        asked.append(form % arguments)


@pytest.fixture
def address(tmp_path, monkeypatch):
    """An https server on the loopback that gives the files of a folder; its certificate is trusted."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    monkeypatch.setenv("NO_PROXY", "*")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    (tmp_path / "served").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path / "served")))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asked.clear()
    yield f"https://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def remote(tiniest, tmp_path, address) -> Path:
    """A submission whose first two samples lie in one file on the server."""
    folder = tmp_path / "submission"
    shutil.copytree(tiniest, folder)
    sheet = [line.split("\t") for line in (folder / "samples.tsv").read_text(encoding="utf-8").splitlines()]
    parts = [anndata.read_h5ad(folder / row[1]) for row in sheet[1:3]]
    both = anndata.concat(parts, keys=["first", "second"], label="part", index_unique="-")
    served = tmp_path / "served/两 both.h5ad"
    both.write_h5ad(served)
    checksum = hashlib.sha256(served.read_bytes()).hexdigest()
    url = f"{address}/%E4%B8%A4%20both.h5ad?token={TOKEN}"
    sheet[0] += ["cells", "sha256"]
    for row, part in zip(sheet[1:3], ("first", "second"), strict=True):
        row[1] = url
        row += [f"part={part}", checksum]
    (folder / "samples.tsv").write_text("\n".join("\t".join(row) for row in sheet) + "\n", encoding="utf-8")
    return folder


def test_one_file_of_two_samples_is_retrieved_once(remote, snakemake, planned, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    command = ("--configfile", str(remote / "config.yaml"), "--until", "intake")
    plan = planned(snakemake(work, "-n", *command))
    assert (plan["retrieval"], plan["intake"]) == (1, 4)
    done = snakemake(work, *command)
    assert done.returncode == 0, done.stderr
    assert len([line for line in asked if line.startswith('"GET')]) == 1
    (found,) = (work / "results").glob("*/retrieval/*/*")
    assert found.name == "both.h5ad"
    assert len(list((work / "results").glob("*/intake/*.h5ad"))) == 4
    assert planned(snakemake(work, "-n", *command)) == {}


def test_wrong_checksum_stops_the_workflow_with_a_sentence(remote, snakemake, tmp_path):
    sheet = remote / "samples.tsv"
    rows = [line.split("\t") for line in sheet.read_text(encoding="utf-8").splitlines()]
    for row in rows[1:3]:
        row[-1] = "0" * 64
    sheet.write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    done = snakemake(work, "--configfile", str(remote / "config.yaml"), "--until", "retrieval")
    assert done.returncode == 1
    (log,) = (work / "logs").glob("*/retrieval/*/*.log")
    said = log.read_text(encoding="utf-8")
    assert "must have the sha256 000000" in said
    assert TOKEN not in said
    assert "Traceback" not in said
    assert [path for path in (work / "results").rglob("*") if path.is_file() and "runtime" not in path.parts] == []
