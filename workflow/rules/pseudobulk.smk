rule pseudobulk:
    input:
        sources=expand("results/{{dataset}}/qc/{sample}.h5ad", sample=SAMPLES),
    output:
        target="results/{dataset}/pseudobulk/all_msc.h5ad",
    log:
        "logs/{dataset}/pseudobulk/all_msc.log",
    benchmark:
        "results/{dataset}/runtime/pseudobulk/all_msc.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("pseudobulk"),
        code=code_fingerprint("pseudobulk"),
    shell:
        "scvalid pseudobulk --settings {params.settings:q} --sources {input.sources:q}"
        " --target {output.target:q} > {log:q} 2>&1"


rule pseudobulk_by_state:
    input:
        sources=expand("results/{{dataset}}/qc/{sample}.h5ad", sample=SAMPLES),
        states="results/{dataset}/clustering/states.parquet",
    output:
        target="results/{dataset}/pseudobulk/by_state.h5ad",
    log:
        "logs/{dataset}/pseudobulk/by_state.log",
    benchmark:
        "results/{dataset}/runtime/pseudobulk/by_state.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("pseudobulk"),
        code=code_fingerprint("pseudobulk"),
    shell:
        "scvalid pseudobulk --settings {params.settings:q} --sources {input.sources:q} --states {input.states:q}"
        " --target {output.target:q} > {log:q} 2>&1"
