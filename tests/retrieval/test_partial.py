"""What is kept of a download that was cut."""

from scvalid.retrieval.partial import Partial


def test_the_note_holds_for_its_own_address_alone(tmp_path):
    part = Partial(tmp_path / "a.h5ad")
    part.begin("https://host/a?token=SECRET", '"v1"')
    assert part.validator("https://host/a?token=SECRET") == '"v1"'
    assert part.validator("https://host/b") == ""
    assert all(b"SECRET" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_damaged_note_means_a_new_start(tmp_path):
    part = Partial(tmp_path / "a.h5ad")
    for text in ("", "[]", "{", '{"validator": 1}', "\xff"):
        (tmp_path / ".a.h5ad.part.json").write_bytes(text.encode("latin-1"))
        assert part.validator("https://host/a") == ""
    part.path.write_bytes(b"x")
    assert part.size() == 1
    part.forget()
    assert (part.size(), list(tmp_path.iterdir())) == (0, [])
