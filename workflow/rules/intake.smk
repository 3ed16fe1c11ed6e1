rule intake:
    input:
        source=lambda wildcards: SUBMISSION.source(SAMPLES[wildcards.sample]),
        genes=RESOURCES / "genes" / f"{SUBMISSION.config.context.species}.tsv.gz",
        aliases=submissions.alias_tables(
            RESOURCES / "genes", SUBMISSION.config.context.species
        ),
    output:
        target="results/{dataset}/intake/{sample}.h5ad",
    log:
        "logs/{dataset}/intake/{sample}.log",
    benchmark:
        "results/{dataset}/runtime/intake/{sample}.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("intake"),
        sample=lambda wildcards: SAMPLES[wildcards.sample].model_dump_json(),
        species=SUBMISSION.config.context.species,
        # the date of a folder does not change when a file in it does
        content=lambda wildcards: SUBMISSION.state(SAMPLES[wildcards.sample]),
        code=code_fingerprint("intake"),
    shell:
        "scvalid intake --settings {params.settings:q} --sample {params.sample:q} --species {params.species:q}"
        " --source {input.source:q} --genes {input.genes:q} --aliases {input.aliases:q}"
        " --target {output.target:q} > {log:q} 2>&1"
