"""Which files and folders a person means."""

from scvalid.drafting.finding import find_sources


def touch(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def names(folder, *pointed_at) -> list[str]:
    return [str(path.relative_to(folder)) for path in find_sources([str(folder / name) for name in pointed_at])[0]]


def test_a_folder_of_samples_gives_each(tmp_path):
    touch(
        tmp_path,
        "a.h5ad",
        "b/matrix.mtx",
        "b/barcodes.tsv",
        "c.zarr/.zgroup",
        "c.zarr/X/.zarray",
        "readme.txt",
        ".hidden/a.h5ad",
    )
    assert names(tmp_path, "") == ["a.h5ad", "b", "c.zarr"]


def test_raw_matrices_stand_back_behind_filtered_ones(tmp_path):
    outs = ["raw_feature_bc_matrix", "filtered_feature_bc_matrix"]
    touch(tmp_path, *(f"s/outs/{name}/matrix.mtx.gz" for name in outs), *(f"s/outs/{name}.h5" for name in outs))
    touch(tmp_path, "t/raw_feature_bc_matrix.h5", "s/outs/molecule_info.h5")
    touch(tmp_path, "u/toy_raw_10x/matrix.mtx", "u/toy_filtered_10x/matrix.mtx", "u/counts_unfiltered/cells_x_genes.mtx")
    assert names(tmp_path, "") == [
        "s/outs/filtered_feature_bc_matrix", "t/raw_feature_bc_matrix.h5", "u/counts_unfiltered", "u/toy_filtered_10x",
    ]  # fmt: skip


def test_patterns_that_the_shell_left_are_expanded(tmp_path):
    touch(tmp_path, "a1.h5ad", "a2.h5ad", "b.h5ad", "[x].h5ad")
    assert names(tmp_path, "a*.h5ad") == ["a1.h5ad", "a2.h5ad"]
    assert names(tmp_path, "[x].h5ad", "[x].h5ad") == ["[x].h5ad"]


def test_links_in_a_circle_end(tmp_path):
    touch(tmp_path, "d/a.h5ad")
    (tmp_path / "d/round").symlink_to(tmp_path)
    assert names(tmp_path, "d") == ["d/a.h5ad"]


def test_nothing_there_is_said(tmp_path):
    found, findings = find_sources([str(tmp_path / "x"), str(tmp_path)])
    assert found == []
    assert "no such file" in findings[0]
    assert "a folder without matrices" in findings[1]


def test_names_that_no_file_can_have_are_said(tmp_path):
    odd = ["a\0b", "x" * 300, "a/" * 3000, "", "[", "**/" * 20 + "*.h5ad"]
    found, findings = find_sources([str(tmp_path / "d") + "/" + name for name in odd])
    assert found == []
    assert len(findings) == len(odd)
    assert all("\n" not in finding for finding in findings)
