rule qc:
    input:
        source="results/{dataset}/intake/{sample}.h5ad",
    output:
        target="results/{dataset}/qc/{sample}.h5ad",
        summary="results/{dataset}/qc/{sample}.json",
    log:
        "logs/{dataset}/qc/{sample}.log",
    benchmark:
        "results/{dataset}/runtime/qc/{sample}.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("qc"),
        context=settings_json("context"),
        code=code_fingerprint("qc"),
    shell:
        "scvalid qc --settings {params.settings:q} --context {params.context:q} --source {input.source:q}"
        " --target {output.target:q} --summary {output.summary:q} > {log:q} 2>&1"
