rule pathways:
    input:
        source=summed,
        gene_sets=submissions.registered_gene_sets(
            RESOURCES / "gene_sets", SUBMISSION.config.context.species
        ),
        other_gene_sets=lambda wildcards: [
            *submissions.registered_gene_sets(
                RESOURCES / "gene_sets",
                SUBMISSION.config.context.species,
                is_panel=False,
            ),
            *SUBMISSION.own_gene_sets,
        ],
        aliases=submissions.alias_tables(
            RESOURCES / "genes", SUBMISSION.config.context.species
        ),
        orthologs=RESOURCES / "genes" / "orthologs.tsv.gz",
    output:
        sets="results/{dataset}/pathways/{grouping}/sets.parquet",
        genes="results/{dataset}/pathways/{grouping}/genes.parquet",
        profiles="results/{dataset}/pathways/{grouping}/profiles.parquet",
        specifications="results/{dataset}/pathways/{grouping}/specifications.parquet",
        rivals="results/{dataset}/pathways/{grouping}/rivals.parquet",
        permuted="results/{dataset}/pathways/{grouping}/permuted.parquet",
        recovery="results/{dataset}/pathways/{grouping}/recovery.parquet",
        vehicle_splits="results/{dataset}/pathways/{grouping}/vehicle_splits.parquet",
        composition="results/{dataset}/pathways/{grouping}/composition.parquet",
        trends="results/{dataset}/pathways/{grouping}/trends.parquet",
        facts="results/{dataset}/pathways/{grouping}/design.json",
    log:
        "logs/{dataset}/pathways/{grouping}.log",
    benchmark:
        "results/{dataset}/runtime/pathways/{grouping}.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("pathways"),
        design=design_json,
        seed=SUBMISSION.config.seed,
        claimed=lambda wildcards: submissions.claimed_of(
            asked(wildcards), gene_sets=RESOURCES / "gene_sets"
        ).model_dump_json(),
        species=SUBMISSION.config.context.species,
        # the run's own error rates are told of the headline comparison
        controls=lambda wildcards: "--no-controls" if contrast_of(wildcards) else "",
        code=code_fingerprint("pathways"),
    shell:
        "scvalid pathways {params.controls} --settings {params.settings:q} --design {params.design:q} --seed {params.seed}"
        " --source {input.source:q} --gene-sets {input.gene_sets:q} --other-gene-sets {input.other_gene_sets:q}"
        " --aliases {input.aliases:q} --orthologs {input.orthologs:q} --species {params.species:q}"
        " --claimed {params.claimed:q} --sets {output.sets:q} --genes {output.genes:q} --profiles {output.profiles:q}"
        " --specifications {output.specifications:q} --rivals {output.rivals:q} --permuted {output.permuted:q}"
        " --recovery {output.recovery:q} --vehicle-splits {output.vehicle_splits:q}"
        " --composition {output.composition:q} --trends {output.trends:q} --facts {output.facts:q} > {log:q} 2>&1"
