rule integration:
    input:
        sources=expand("results/{{dataset}}/qc/{sample}.h5ad", sample=SAMPLES),
    output:
        target="results/{dataset}/integration/embedding.parquet",
        summary="results/{dataset}/integration/summary.json",
    log:
        "logs/{dataset}/integration.log",
    benchmark:
        "results/{dataset}/runtime/integration.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("integration"),
        seed=SUBMISSION.config.seed,
        code=code_fingerprint("integration"),
    shell:
        "scvalid integration --settings {params.settings:q} --seed {params.seed} --sources {input.sources:q}"
        " --target {output.target:q} --summary {output.summary:q} > {log:q} 2>&1"
