rule pathways:
    input:
        source="results/{dataset}/pseudobulk/{grouping}.h5ad",
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
    output:
        sets="results/{dataset}/pathways/{grouping}/sets.parquet",
        genes="results/{dataset}/pathways/{grouping}/genes.parquet",
        profiles="results/{dataset}/pathways/{grouping}/profiles.parquet",
        facts="results/{dataset}/pathways/{grouping}/design.json",
    log:
        "logs/{dataset}/pathways/{grouping}.log",
    benchmark:
        "results/{dataset}/runtime/pathways/{grouping}.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("pathways"),
        design=settings_json("design"),
        seed=SUBMISSION.config.seed,
        code=code_fingerprint("pathways"),
    shell:
        "scvalid pathways --settings {params.settings:q} --design {params.design:q} --seed {params.seed}"
        " --source {input.source:q} --gene-sets {input.gene_sets:q} --other-gene-sets {input.other_gene_sets:q}"
        " --aliases {input.aliases:q} --sets {output.sets:q} --genes {output.genes:q} --profiles {output.profiles:q} --facts {output.facts:q}"
        " > {log:q} 2>&1"
