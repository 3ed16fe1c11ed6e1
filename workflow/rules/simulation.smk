if SUBMISSION.is_made_here:

    rule simulation:
        input:
            gene_sets=submissions.registered_gene_sets(RESOURCES / "gene_sets", "human"),
        output:
            samples=[SUBMISSION.source(sample) for sample in SUBMISSION.samples],
            truth=SUBMISSION.truth_path,
        log:
            f"logs/{DATASET}/simulation.log",
        benchmark:
            f"results/{DATASET}/runtime/simulation.jsonl"
        conda:
            "../envs/scvalid.yaml"
        params:
            settings=settings_json("simulation"),
            out=SUBMISSION.truth_path.parent,
            code=code_fingerprint("simulation"),
        shell:
            "scvalid simulate --data-only --settings {params.settings:q} --out {params.out:q}"
            " --gene-sets {input.gene_sets:q} > {log:q} 2>&1"
