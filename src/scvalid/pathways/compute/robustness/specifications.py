"""The list of specifications: a name, what it looks at, and how that is tested. A new one is one line."""

from dataclasses import dataclass
from typing import Final

from scvalid.pathways.compute.robustness import scores, tests, views


@dataclass(frozen=True)
class Specification:
    """One other analysis of the same effects; one that is called like the primary test is left out.

    Attributes
    ----------
    name
        As the report says it.
    view
        What it looks at; made once, without labels.
    test
        How that is tested under one labelling.
    is_exact
        Whether its p value is that of a finite list of labellings, which may be too short for a small one.
    """

    name: str
    view: views.Maker
    test: tests.Test
    is_exact: bool = False


OF_SETS: Final = (
    Specification("correlation_prior", views.as_measured, tests.correlation_prior),
    Specification("plain_t", views.as_measured, tests.plain_t),
    Specification("capped_variance", views.as_measured, tests.capped_variance),
    Specification("fry", views.as_measured, tests.fry_test),
    Specification("camera", views.as_measured, tests.camera_test),
    Specification("exact_permutation", views.as_measured, tests.exact_permutation, is_exact=True),
    Specification("ulm", scores.ulm, tests.capped_score),
    Specification("mlm", scores.mlm, tests.capped_score),
    Specification("zscore", scores.zscore, tests.capped_score),
    Specification("rank", scores.rank, tests.capped_score),
    Specification("no_background", scores.no_background, tests.capped_score),
    Specification("other_cut", scores.other_cut, tests.capped_score),
    Specification("min_cells_50", views.with_more_cells, tests.primary),
    Specification("without_batch", views.without_batch, tests.primary),
)

# the primary test of genes leans on the variances of all of them: most of the others do not
OF_GENES: Final = (
    Specification("plain_t", views.as_measured, tests.gene_plain_t),
    Specification("exact_permutation", views.as_measured, tests.exact_permutation, is_exact=True),
    Specification("no_tmm", views.without_tmm, tests.gene_plain_t),
    Specification("over_background", views.over_background, tests.gene_plain_t),
    Specification("voom", views.as_measured, tests.gene_voom),
    Specification("min_cells_50", views.with_more_cells, tests.gene_primary),
    Specification("without_batch", views.without_batch, tests.gene_primary),
)
