import pytest

from scvalid.intake.compute.identifiers import dates_of, kind_of_names, refused_names

SYMBOLS = ["TP53", "ACTB", "MT-CO1", "C1orf112", "RP11-34P13.7", "HLA-DRB1", "7SK", "TCF7", "NM23", "CG7"]


@pytest.mark.parametrize(
    ("names", "kind", "said"),
    [
        ([f"ENSG{i:011d}" for i in range(20)], "ensembl", None),
        ([f"ENSMUSG{i:011d}.7" for i in range(20)], "ensembl", None),
        ([f"GRCh38_ENSG{i:011d}" for i in range(20)], "ensembl", None),
        ([f"ENST{i:011d}.2" for i in range(20)], "transcript", "Ensembl transcripts such as 'ENST00000000000.2'"),
        ([f"ENSMUSP{i:011d}" for i in range(20)], "transcript", "Ensembl transcripts"),
        ([str(7157 + i) for i in range(20)], "entrez", "Entrez numbers such as '7157'"),
        ([f"NM_{i:06d}.3" for i in range(20)], "refseq", "RefSeq"),
        ([f"{200_000 + i}_s_at" for i in range(20)], "probe", "probe ids"),
        ([f"ILMN_{i}" for i in range(20)], "probe", "probe ids"),
        ([f"A_23_P{i}" for i in range(20)], "probe", "probe ids"),
        (SYMBOLS * 2, "symbol", None),
        (SYMBOLS * 2 + [f"ENSG{i:011d}" for i in range(10)], "mixed", None),
        ([], "unknown", None),
        (["", ""], "unknown", None),
    ],
)
def test_names_are_told_by_their_form(names, kind, said):
    assert kind_of_names(names) == kind
    refused = refused_names(names)
    assert (refused is None) == (said is None)
    assert said is None or refused[0].startswith(said)


def test_dates_are_found_among_symbols():
    damaged = ["1-Mar", "2-Sep", "Mar-01", "44621", "2021-03-01 00:00:00", "1.Dez"]
    assert sorted(dates_of(SYMBOLS * 2 + damaged)) == sorted(damaged)
    assert dates_of(["MARCHF1", "SEPTIN2", "DEC1", "OCT4", "1-8D", "7SK", "MAR1", "NOV", "5S_rRNA", "12345678"]) == []
    assert dates_of([str(i) for i in range(44000, 44100)]) == []
