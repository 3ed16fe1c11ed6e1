rule verdicts:
    input:
        claims=lambda wildcards: SUBMISSION.claims_files,
        orthologs=RESOURCES / "genes" / "orthologs.tsv.gz",
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
        caps=lambda wildcards: preflight.caps_json(SUBMISSION),
        recorded=lambda wildcards: preflight.recorded_json(SUBMISSION),
        claim_ids=lambda wildcards: [claim.id for claim in SUBMISSION.claims.claims],
        code=code_fingerprint("verdicts"),
    shell:
        "scvalid verdicts --settings {params.settings:q} --context {params.context:q} --claims {input.claims:q}"
        " --claim-ids {params.claim_ids:q} --caps {params.caps:q} --recorded {params.recorded:q}"
        " --orthologs {input.orthologs:q} --sets {input.sets:q} --genes {input.genes:q} --profiles {input.profiles:q}"
        " --facts {input.facts:q} --target {output.target:q} > {log:q} 2>&1"
