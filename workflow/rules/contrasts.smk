# how rules see a further contrast: as a grouping of its own, and as the submission that it would be
CONTRASTS = {contrast.name: contrast for contrast in SUBMISSION.config.design.contrasts}


def contrast_of(wildcards):
    """Return the further contrast that a grouping stands for; None for the headline comparison."""
    name = wildcards.grouping.removeprefix("contrast-")
    return CONTRASTS[name] if name != wildcards.grouping else None


def asked(wildcards):
    """Return the submission as the comparison of a grouping sees it: its arms, its compound, its claims."""
    contrast = contrast_of(wildcards)
    return (
        submissions.as_contrast(SUBMISSION, contrast.name) if contrast else SUBMISSION
    )


def design_json(wildcards):
    """Return the comparison of a grouping, so that another contrast reruns nothing; all cells have the series too."""
    design = asked(wildcards).config.design
    kept = design.series if wildcards.grouping == "all_msc" else ()
    return design.headline.model_copy(update={"series": kept}).model_dump_json()


def summed(wildcards):
    """Return the profiles of a grouping: further contrasts look at those of all cells."""
    grouping = "all_msc" if contrast_of(wildcards) else wildcards.grouping
    return f"results/{wildcards.dataset}/pseudobulk/{grouping}.h5ad"
