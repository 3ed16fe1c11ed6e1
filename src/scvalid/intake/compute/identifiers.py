"""What kind of names the genes of a file go by, and which of them a spreadsheet has turned into dates."""

import re
from collections import Counter
from collections.abc import Sequence

from scvalid.intake.compute.judgement import ENSEMBL, GENOME_PREFIX

ENSEMBL_GENE, SYMBOL, MIXED, UNKNOWN = "ensembl", "symbol", "mixed", "unknown"
MOST = 0.5
MIN_SHARE = 0.1

_KINDS = {
    ENSEMBL_GENE: ENSEMBL,
    "transcript": re.compile(r"ENS([A-Z]{3,4})?[TP]\d{11}(\.\d+)?(_PAR_Y)?"),
    "entrez": re.compile(r"\d{1,9}"),
    "refseq": re.compile(r"[NX][MRP]_\d{6,9}(\.\d+)?"),
    "probe": re.compile(r"(\d+|AFFX-.*)(_[a-z])?_(at|st)|ILMN_\d+|A_\d\d_P\d+|TC[\dXYM]+\d{5,}\.(hg|mm|rn)\.\d|cg\d{8}"),
}
_ADVICE = {
    "transcript": ("Ensembl transcripts", "Sum the transcripts of each gene (tximport, or the gene-level output)."),
    "entrez": ("Entrez numbers", "Name the genes by Ensembl id or symbol, or the column of symbols in intake.gene_column."),
    "refseq": ("RefSeq accessions", "Sum the transcripts of each gene, and name it by Ensembl id or symbol."),
    "probe": ("probe ids of a microarray", "Hand in single-cell counts; a microarray gives none."),
}
_MONTHS = "jan|feb|mar|apr|may|mai|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez"
_DATE = re.compile(rf"\d{{1,2}}[-./ ]({_MONTHS})|({_MONTHS})[-./ ]\d{{1,4}}|20\d\d-\d\d-\d\d.*", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"[34]\d{4}")
"""A date of 1982 to 2036 as a spreadsheet counts days."""


def kind_of_names(names: Sequence[str]) -> str:
    """Return what most names are: ensembl, transcript, entrez, refseq, probe or symbol; mixed or unknown otherwise."""
    bare = [GENOME_PREFIX.sub("", name, count=1) for name in names if name]
    if not bare:
        return UNKNOWN
    tally = Counter(next((kind for kind, form in _KINDS.items() if form.fullmatch(name)), SYMBOL) for name in bare)
    (kind, n), *others = tally.most_common()
    second = others[0][1] if others else 0
    return kind if n > MOST * len(bare) and second < MIN_SHARE * len(bare) else MIXED


def refused_names(names: Sequence[str]) -> tuple[str, str] | None:
    """Return what was found and what to do, if most names are of a kind that is no gene here; None if they can be used."""
    used = [name for name in names if name]
    for kind, (said, fix) in _ADVICE.items():
        found = [name for name in used if _KINDS[kind].fullmatch(name)]
        if len(found) > MOST * len(used):
            return f"{said} such as {found[0]!r}", fix
    return None


def dates_of(names: Sequence[str]) -> list[str]:
    """Return the names that a spreadsheet has turned into a date (1-Mar, 2-Sep) or the number of a day (44621)."""
    worded = [name for name in names if name and not name.isdigit()]
    dates = [name for name in worded if _DATE.fullmatch(name)]
    numbers = [name for name in names if _DAY_NUMBER.fullmatch(name)]
    # among Entrez numbers such a number is nothing special
    return dates + numbers if len(worded) > MOST * len(names) else dates
