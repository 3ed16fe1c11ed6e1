"""Files of gene sets: long TSV with signed weights, or GMT with weight 1."""

import gzip
import zlib
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.bounded import read_bounded
from scvalid.keys import GeneSet

MAX_BYTES = 50_000_000
MAX_NAME = 200
MAX_WEIGHT = 1_000_000
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
        If the file cannot be read as gene sets, a gene stands twice in a set, or a weight is not finite.
    """
    name = shown(source.name)[1:-1]
    text = _text(source, name)
    table = pd.DataFrame(_of_gmt(text, name) if source.name.endswith(".gmt") else _of_tsv(text, name), columns=_HEADER)
    table[GeneSet.IS_PANEL] = is_panel
    if faults := _faults(table, name):
        raise SubmissionError(faults)
    return table


def read_descriptions(source: Path) -> dict[str, str]:
    """Return set id -> description, the second column, of a GMT file that can be read; none for another format."""
    if not source.name.endswith(".gmt"):
        return {}
    lines = StringIO(_text(source, shown(source.name)[1:-1]), newline=None)
    cells = [[_cell(cell) for cell in line.split("\t")] for line in lines]
    return {row[0]: row[1] for row in cells if len(row) > 1 and row[0]}


def _text(source: Path, name: str) -> str:
    try:
        raw = read_bounded(source, limit=MAX_BYTES)
        if len(raw) > MAX_BYTES:
            raise SubmissionError([sentence(name, f"be below {MAX_BYTES // 10**6} MB", "more", "Keep the sets you need.")])
        if source.name.endswith(".gz"):
            with gzip.open(BytesIO(raw)) as stream:
                # a small file may unpack to any size
                raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise SubmissionError([sentence(name, f"unpack to below {MAX_BYTES // 10**6} MB", "more", "Keep fewer sets.")])
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        fault = sentence(f"gene sets {shown(source)}", "exist", "no such file", "Check the key gene_sets.")
    except UnicodeDecodeError:
        fault = sentence(name, "be UTF-8 text", "other bytes", "Save it as UTF-8 text (.gmt, .tsv or .tsv.gz).")
    except (OSError, EOFError, zlib.error) as error:
        got = shown(getattr(error, "strerror", None) or error)
        fault = sentence(name, "be a readable file of gene sets", got, "Copy it again.")
    raise SubmissionError([fault])


def _of_gmt(text: str, name: str) -> list[tuple[str, str, float]]:
    rows: list[tuple[str, str, float]] = []
    seen: set[str] = set()
    for number, line in enumerate(StringIO(text, newline=None), start=1):
        set_id, *rest = map(_cell, line.split("\t"))
        genes = [gene for gene in rest[1:] if gene]
        if not set_id and not genes:
            continue
        if not genes or set_id in seen:
            got = "none" if not genes else f"the set {shown(set_id)} again"
            fix = "Write id, description and genes, separated by tabs."
            raise SubmissionError([sentence(f"{name}, line {number},", "name one set and its genes", got, fix)])
        seen.add(set_id)
        rows += [(set_id, gene, 1.0) for gene in genes]
    return rows


def _of_tsv(text: str, name: str) -> list[tuple[str, str, float]]:
    lines = [line.rstrip("\n").split("\t") for line in StringIO(text, newline=None)]
    header = [_cell(cell) for cell in lines[0]] if lines else []
    if header != _HEADER:
        got = shown(" ".join(header))
        raise SubmissionError([sentence(name, f"have the columns {' '.join(_HEADER)}", got, "Add the header line.")])
    rows: list[tuple[str, str, float]] = []
    for number, line in enumerate(lines[1:], start=2):
        if not "".join(line).strip():
            continue
        try:
            set_id, gene, weight = map(_cell, line)
            rows.append((set_id, gene, float(weight)))
        except ValueError:
            must, got = "hold a set, a gene and a number as weight", shown(" ".join(line))
            raise SubmissionError([sentence(f"{name}, line {number},", must, got, "Separate the three by tabs.")]) from None
    return rows


def _cell(text: str) -> str:
    """Return a cell without the spaces and the pair of quotes that a spreadsheet may leave around it."""
    bare = text.strip()
    is_quoted = len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'"
    return bare[1:-1].strip() if is_quoted else bare


def _faults(table: pd.DataFrame, name: str) -> list[str]:
    """Return what no score could be made from: no sets, nameless ones, weights that are no numbers or all zero."""
    if table.empty:
        return [sentence(name, "hold at least one set", "none", "Add a set, or remove the file from the key gene_sets.")]
    faults = []
    names = {*table[GeneSet.SET], *table[GeneSet.GENE]}
    if odd := sorted(n for n in names if not n or len(n) > MAX_NAME or not n.isprintable()):
        must = f"name sets and genes with 1 to {MAX_NAME} printable characters"
        faults.append(sentence(name, must, shown(odd[0]), "Correct the name."))
    if quoted := sorted(n for n in names if '"' in n):
        faults.append(sentence(name, "name sets and genes without quotes", shown(quoted[0]), "Remove the quote."))
    sizes = table[GeneSet.WEIGHT].abs()
    for set_id in table.loc[~(sizes <= MAX_WEIGHT), GeneSet.SET].iloc[:1]:
        must, got = f"have weights from -{MAX_WEIGHT} to {MAX_WEIGHT}", "another or no number"
        faults.append(sentence(f"{name}: set {shown(set_id)}", must, got, "Correct the weight."))
    total = sizes.groupby(table[GeneSet.SET], sort=False).sum(min_count=1)
    for set_id in total.index[total == 0][:1]:
        faults.append(sentence(f"{name}: set {shown(set_id)}", "have a weight that is not zero", "none", "Correct them."))
    twice = table[table.duplicated([GeneSet.SET, GeneSet.GENE])]
    for set_id, gene in twice[[GeneSet.SET, GeneSet.GENE]].iloc[:1].itertuples(index=False):
        where = f"{name}: set {shown(set_id)}"
        faults.append(sentence(where, "name each gene once", f"{shown(gene)} twice", "Remove the repeated gene."))
    return faults
