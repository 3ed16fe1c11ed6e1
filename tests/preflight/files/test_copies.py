from scvalid.preflight.files import copies


def test_same_bytes_have_one_number_whatever_their_name(tmp_path):
    for name, text in {"a": "12345", "b": "12345", "c": "54321", "d": "1"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    for folder, text in {"f": "1", "g": "1", "h": "2"}.items():
        (tmp_path / folder).mkdir()
        for file in ("matrix.mtx", "genes.tsv", "barcodes.tsv"):
            (tmp_path / folder / file).write_text(text)
    paths = {name: tmp_path / name for name in (*"abcdfgh", "link", "none", "x" * 300)}
    ids = copies.content_ids(paths.values())
    groups = {}
    for name, path in paths.items():
        groups.setdefault(ids[path], []).append(name)
    assert sorted(groups.values()) == [["a", "b", "link"], ["c"], ["d"], ["f", "g"], ["h"], ["none"], ["x" * 300]]


def test_files_of_different_size_are_not_read(tmp_path, monkeypatch):
    for i in range(3):
        (tmp_path / f"{i}").write_text("x" * i)
    monkeypatch.setattr(copies, "sha256_of", lambda path: 1 / 0)
    assert len(set(copies.content_ids([tmp_path / f"{i}" for i in range(3)]).values())) == 3
