"""A file is written when its content is another, and left alone when only its packing is."""

import gzip

from scvalid.registry.rebuild.outcomes import write_if_other


def test_new_changed_and_equal_content(tmp_path):
    target = tmp_path / "folder" / "a.tsv"
    assert write_if_other(target, b"one") == "rebuilt"
    assert write_if_other(target, b"one") == "unchanged"
    assert write_if_other(target, b"two") == "rebuilt"
    assert target.read_bytes() == b"two"


def test_another_packing_of_the_same_content_is_no_change(tmp_path):
    target = tmp_path / "a.tsv.gz"
    target.write_bytes(gzip.compress(b"one" * 100, compresslevel=1, mtime=5))
    before = target.read_bytes()
    assert write_if_other(target, gzip.compress(b"one" * 100, mtime=0)) == "unchanged"
    assert target.read_bytes() == before
    assert write_if_other(target, gzip.compress(b"two", mtime=0)) == "rebuilt"
