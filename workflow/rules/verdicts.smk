rule verdicts:
    input:
        claims=lambda wildcards: SUBMISSION.claims_files,
        orthologs=RESOURCES / "genes" / "orthologs.tsv.gz",
        sets="results/{dataset}/pathways/{grouping}/sets.parquet",
        genes="results/{dataset}/pathways/{grouping}/genes.parquet",
        profiles="results/{dataset}/pathways/{grouping}/profiles.parquet",
        specifications="results/{dataset}/pathways/{grouping}/specifications.parquet",
        rival_effects="results/{dataset}/pathways/{grouping}/rivals.parquet",
        permuted="results/{dataset}/pathways/{grouping}/permuted.parquet",
        recovery="results/{dataset}/pathways/{grouping}/recovery.parquet",
        vehicle_splits="results/{dataset}/pathways/{grouping}/vehicle_splits.parquet",
        facts="results/{dataset}/pathways/{grouping}/design.json",
    output:
        target="results/{dataset}/verdicts/{grouping}.json",
        decisions=directory("results/{dataset}/verdicts/{grouping}/decisions"),
    log:
        "logs/{dataset}/verdicts/{grouping}.log",
    benchmark:
        "results/{dataset}/runtime/verdicts/{grouping}.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("verdicts"),
        context=settings_json("context"),
        caps=lambda wildcards: preflight.caps_json(asked(wildcards)),
        recorded=lambda wildcards: preflight.recorded_json(asked(wildcards)),
        rivals=lambda wildcards: submissions.rivals_of_claims(
            asked(wildcards), gene_sets=RESOURCES / "gene_sets"
        ).packed(),
        claim_ids=lambda wildcards: [
            claim.id for claim in asked(wildcards).claims.claims
        ],
        contrast=lambda wildcards: (
            ["--contrast", contrast_of(wildcards).name]
            if contrast_of(wildcards)
            else []
        ),
        code=code_fingerprint("verdicts"),
    shell:
        "scvalid verdicts {params.contrast} --settings {params.settings:q} --context {params.context:q} --claims {input.claims:q}"
        " --claim-ids {params.claim_ids:q} --caps {params.caps:q} --recorded {params.recorded:q}"
        " --orthologs {input.orthologs:q} --sets {input.sets:q} --genes {input.genes:q} --profiles {input.profiles:q}"
        " --specifications {input.specifications:q} --rivals {params.rivals:q} --rival-effects {input.rival_effects:q}"
        " --permuted {input.permuted:q} --recovery {input.recovery:q} --vehicle-splits {input.vehicle_splits:q}"
        " --facts {input.facts:q} --target {output.target:q}"
        " --decisions {output.decisions:q} > {log:q} 2>&1"


rule beyond:
    input:
        own="results/{dataset}/verdicts/contrast-{contrast}.json",
        others=lambda wildcards: [
            f"results/{wildcards.dataset}/verdicts/contrast-{name}.json"
            for name in CONTRASTS[wildcards.contrast].beyond
        ],
    output:
        target="results/{dataset}/verdicts/beyond-{contrast}.json",
    log:
        "logs/{dataset}/verdicts/beyond-{contrast}.log",
    benchmark:
        "results/{dataset}/runtime/verdicts/beyond-{contrast}.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("verdicts"),
        code=code_fingerprint("verdicts"),
    shell:
        "scvalid beyond --settings {params.settings:q} --own {input.own:q} --others {input.others:q}"
        " --target {output.target:q} > {log:q} 2>&1"
