import h5py
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.readers.arrays.h5ad import H5adReader
from scvalid.intake.readers.opening import opened


def test_content_not_ending_tells_anndata_from_10x(adata, written, tenx_h5):
    with opened(written(adata, name="x.h5"), where="f") as reader:
        assert isinstance(reader, H5adReader)
    with opened(tenx_h5(version=3), where="f") as reader:
        assert not isinstance(reader, H5adReader)


@pytest.mark.parametrize("error", [OSError("a\nb"), KeyError("x"), MemoryError(), RecursionError("deep"), EOFError()])
def test_a_failure_in_the_block_is_one_sentence(error, adata, written):
    with pytest.raises(SubmissionError) as caught, opened(written(adata), where="f"):
        raise error
    (finding,) = caught.value.findings
    assert "\n" not in finding
    assert finding.startswith("f must be a readable")


def test_layout_before_anndata_0_7_is_refused(tmp_path):
    with h5py.File(tmp_path / "x.h5ad", "w") as file:
        file["X"], file["obs"], file["var"] = [[1.0]], [1], [1]
    with pytest.raises(SubmissionError, match=r"layout of anndata before 0\.7"), opened(tmp_path / "x.h5ad", where="f"):
        pass
