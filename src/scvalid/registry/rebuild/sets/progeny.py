"""The PROGENy model in, its strongest genes per pathway out."""

import pandas as pd

from scvalid.errors import ContractError, sentence

COLUMNS = ("gene", "pathway", "weight", "p.value")


def strongest_genes(model: pd.DataFrame, *, n_genes: int, suffix: str = "") -> dict[str, dict[str, float]]:
    """Return the genes of smallest p of each pathway, with their signed weights.

    Parameters
    ----------
    model
        The full model: gene, pathway, weight, p.value; one row per gene and pathway.
    n_genes
        Genes kept of each pathway. Of genes with one p the earlier row is kept, as R's ``order`` does.
    suffix
        What follows the pathway in the id of the set.

    Returns
    -------
    ``PROGENY_<PATHWAY><suffix>`` -> symbol -> weight rounded to six decimals, strongest gene first.

    Raises
    ------
    ContractError
        If a column is missing or a gene stands twice in a pathway.

    References
    ----------
    Schubert et al. 2018, doi:10.1038/s41467-017-02391-6; mouse: Holland et al. 2020, doi:10.1016/j.bbagrm.2019.194431.
    """
    if missing := [column for column in COLUMNS if column not in model.columns]:
        fix = "Export the full model of r-bioc-progeny."
        raise ContractError(sentence("the PROGENy model", f"have the columns {' '.join(COLUMNS)}", f"no {missing[0]}", fix))
    if model.duplicated(["gene", "pathway"]).any():
        raise ContractError(sentence("the PROGENy model", "name each gene of a pathway once", "one twice", "Export it again."))
    ordered = model.sort_values(["pathway", "p.value"], kind="stable").groupby("pathway", sort=True).head(n_genes)
    return {
        f"PROGENY_{str(pathway).upper()}{suffix}": dict(zip(rows["gene"], rows["weight"].round(6), strict=True))
        for pathway, rows in ordered.groupby("pathway", sort=True)
    }
