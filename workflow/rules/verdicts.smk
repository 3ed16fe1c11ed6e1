rule verdicts:
    input:
        claims=lambda wildcards: SUBMISSION.claims_path,
        sets="results/{dataset}/pathways/{grouping}/sets.parquet",
        genes="results/{dataset}/pathways/{grouping}/genes.parquet",
        profiles="results/{dataset}/pathways/{grouping}/profiles.parquet",
        facts="results/{dataset}/pathways/{grouping}/design.json",
    output:
        target="results/{dataset}/verdicts/{grouping}.json",
    log:
        "logs/{dataset}/verdicts/{grouping}.log",
    benchmark:
        "results/{dataset}/runtime/verdicts/{grouping}.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("verdicts"),
        context=settings_json("context"),
        code=code_fingerprint("verdicts"),
    shell:
        "scvalid verdicts --settings {params.settings:q} --context {params.context:q} --claims {input.claims:q}"
        " --sets {input.sets:q} --genes {input.genes:q} --profiles {input.profiles:q} --facts {input.facts:q}"
        " --target {output.target:q} > {log:q} 2>&1"
