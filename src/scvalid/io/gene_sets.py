"""Files of gene sets: long TSV with signed weights, or GMT with weight 1."""

import csv
import gzip
from pathlib import Path

import pandas as pd

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.keys import GeneSet

_HEADER = [GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT]


def read_gene_sets(source: Path, *, is_panel: bool) -> pd.DataFrame:
    """Read one file of gene sets.

    Parameters
    ----------
    source
        ``.gmt`` (id, description, genes ...), or ``.tsv``/``.tsv.gz`` with the columns set_id, gene, weight.
    is_panel
        Whether the sets belong to the registered panel that moderation is estimated on.

    Returns
    -------
    Long table with the columns of ``keys.GeneSet``, in the order of the file.

    Raises
    ------
    SubmissionError
        If the file cannot be read as gene sets, or a gene stands twice in a set.
    """
    rows = _read_gmt(source) if source.name.endswith(".gmt") else _read_tsv(source)
    table = pd.DataFrame(rows, columns=_HEADER)
    table[GeneSet.IS_PANEL] = is_panel
    twice = table[table.duplicated([GeneSet.SET, GeneSet.GENE])]
    if len(twice):
        where = f"{source.name}: set {shown(twice[GeneSet.SET].iloc[0])}"
        got = f"{shown(twice[GeneSet.GENE].iloc[0])} twice"
        raise SubmissionError([sentence(where, "name each gene once", got, "Remove the repeated gene.")])
    return table


def _read_gmt(source: Path) -> list[tuple[str, str, float]]:
    rows: list[tuple[str, str, float]] = []
    for line in source.read_text(encoding="utf-8-sig").splitlines():
        name, *rest = line.split("\t")
        rows += [(name, gene.strip(), 1.0) for gene in rest[1:] if gene.strip()]
    return rows


def _read_tsv(source: Path) -> list[tuple[str, str, float]]:
    raw = source.read_bytes()
    text = (gzip.decompress(raw) if source.name.endswith(".gz") else raw).decode("utf-8-sig")
    reader = csv.DictReader(text.splitlines(), delimiter="\t")
    if reader.fieldnames is None or [*reader.fieldnames] != _HEADER:
        got = shown(" ".join(reader.fieldnames or []))
        raise SubmissionError([sentence(source.name, f"have the columns {' '.join(_HEADER)}", got, "Add the header line.")])
    try:
        return [(row[GeneSet.SET], row[GeneSet.GENE], float(row[GeneSet.WEIGHT])) for row in reader]
    except (TypeError, ValueError):
        fault = sentence(f"{source.name}, line {reader.line_num}", "hold a number as weight", "none", "Write the weight.")
        raise SubmissionError([fault]) from None
