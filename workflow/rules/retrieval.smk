# a file of an address is retrieved once, whatever samples are in it
REMOTE = {
    sample.sha256[:16]: sample for sample in SUBMISSION.samples if sample.is_remote
}


rule retrieval:
    output:
        target="results/{dataset}/retrieval/{checksum}/{file}",
    log:
        "logs/{dataset}/retrieval/{checksum}/{file}.log",
    benchmark:
        "results/{dataset}/runtime/retrieval/{checksum}/{file}.jsonl"
    wildcard_constraints:
        checksum="[0-9a-f]+",
        file="[A-Za-z0-9._-]+",
    conda:
        "../envs/scvalid.yaml"
    params:
        settings=settings_json("retrieval"),
        url=lambda wildcards: REMOTE[wildcards.checksum].path,
        sha256=lambda wildcards: REMOTE[wildcards.checksum].sha256,
        code=code_fingerprint("retrieval"),
    shell:
        "scvalid retrieval --settings {params.settings:q} --url {params.url:q} --sha256 {params.sha256:q}"
        " --target {output.target:q} > {log:q} 2>&1"
