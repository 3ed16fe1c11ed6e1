rule reporting:
    input:
        all_msc="results/{dataset}/verdicts/all_msc.json",
        by_state="results/{dataset}/verdicts/by_state.json",
        quality=expand("results/{{dataset}}/qc/{sample}.json", sample=SAMPLES),
        integration="results/{dataset}/integration/summary.json",
        clustering="results/{dataset}/clustering/summary.json",
        states="results/{dataset}/clustering/states.parquet",
        markers="results/{dataset}/clustering/markers.parquet",
        set_effects="results/{dataset}/pathways/all_msc/sets.parquet",
        composition="results/{dataset}/pathways/by_state/composition.parquet",
        trends="results/{dataset}/pathways/all_msc/trends.parquet",
        contrasts=expand(
            "results/{{dataset}}/verdicts/contrast-{contrast}.json", contrast=CONTRASTS
        ),
        beyond=expand(
            "results/{{dataset}}/verdicts/beyond-{contrast}.json",
            contrast=[name for name, contrast in CONTRASTS.items() if contrast.beyond],
        ),
        truth=lambda wildcards: SUBMISSION.truth_path or [],
    output:
        html=report("results/{dataset}/report/report.html", category="Report"),
        verdicts="results/{dataset}/report/verdicts.json",
    log:
        "logs/{dataset}/reporting.log",
    benchmark:
        "results/{dataset}/runtime/reporting.jsonl"
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("reporting"),
        submission=description_json,
        truth="--truth" if SUBMISSION.truth_path else "",
        code=code_fingerprint("reporting"),
    shell:
        "scvalid reporting --settings {params.settings:q} --submission {params.submission:q}"
        " --all-msc {input.all_msc:q} --by-state {input.by_state:q} --quality {input.quality:q}"
        " --integration {input.integration:q} --clustering {input.clustering:q} --states {input.states:q}"
        " --markers {input.markers:q} --set-effects {input.set_effects:q}"
        " --composition {input.composition:q} --trends {input.trends:q}"
        " --contrasts {input.contrasts:q} --beyond {input.beyond:q} {params.truth} {input.truth:q}"
        " --html {output.html:q} --verdicts {output.verdicts:q} > {log:q} 2>&1"
