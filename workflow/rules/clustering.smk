rule clustering:
    input:
        sources=expand("results/{{dataset}}/qc/{sample}.h5ad", sample=SAMPLES),
        embedding="results/{dataset}/integration/embedding.parquet",
    output:
        target="results/{dataset}/clustering/states.parquet",
        markers="results/{dataset}/clustering/markers.parquet",
        summary="results/{dataset}/clustering/summary.json",
    log:
        "logs/{dataset}/clustering.log",
    benchmark:
        "results/{dataset}/runtime/clustering.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("clustering"),
        seed=SUBMISSION.config.seed,
        code=code_fingerprint("clustering"),
    shell:
        "scvalid clustering --settings {params.settings:q} --seed {params.seed} --sources {input.sources:q}"
        " --embedding {input.embedding:q} --target {output.target:q} --markers {output.markers:q}"
        " --summary {output.summary:q} > {log:q} 2>&1"
