"""Broken configs, claims and gene sets: each is refused for the one thing that is wrong with it."""

import pytest

DEEP = "[" * 80 + "]" * 80
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
SET = "REACTOME_RUNX2_REGULATES_BONE_DEVELOPMENT"


def _set(*path, to):
    def spoil(lab):
        values = lab.config
        for key in path[:-1]:
            values = values.setdefault(key, {})
        values[path[-1]] = to

    return spoil


def _claim(**changes):
    return lambda lab: lab.claims["claims"][0].update(changes)


def _part(**changes):
    return lambda lab: lab.claims["claims"][0]["parts"][0].update(changes)


def _text(name, content):
    return lambda lab: lab.text(name, content)


def _own_set(content, name="own.tsv"):
    def spoil(lab):
        lab.config["gene_sets"] = [name]
        lab.text(name, content)

    return spoil


def _rename_file(name):
    def spoil(lab):
        lab.file().rename(lab.folder / name)
        lab.sheet.loc[0, "path"] = name

    return spoil


CONFIGS = {
    "misspelt key": (_set("titel", to="x"), "Did you mean 'title'?"),
    "misspelt key in a section": (_set("verdicts", "delt", to=0.2), "Did you mean 'delta'?"),
    "threshold below zero": (_set("verdicts", "delta", to=-1), "'verdicts.delta'"),
    "number as words": (_set("seed", to="seven"), "be a whole number"),
    "not a number": (_set("verdicts", "delta", to=float("nan")), "be a number"),
    "unknown species": (_set("context", "species", to="zebrafish"), "'human', 'mouse' or 'rat'"),
    "results outside": (_set("dataset", to="../../etc"), "key 'dataset'", "letters a to z"),
    "command as name": (_set("dataset", to="$(touch pwned)"), "key 'dataset'"),
    "name of 300 letters": (_set("dataset", to="x" * 300), "key 'dataset'"),
    "line break in a name": (_set("compound", "name", to="icariin\nrm -rf"), "be one line"),
    "wildcard in a path": (_rename_file("data/{sample}.h5ad"), "without { and }"),
    "misspelt arm": (_set("design", "treated", to="icarin"), "Did you mean 'icariin'?"),
    "one arm twice": (_set("design", "treated", to="vehicle"), "different names"),
    "too few random sets": (_set("pathways", "n_matched_sets", to=19), "999"),
    "planted truth that is not there": (_set("truth", to="truth.json"), "key 'truth'"),
    "key twice": (_text("config.yaml", "dataset: a\ndataset: b\n"), "'dataset' twice"),
    "anchors that expand": (_text("config.yaml", BOMB), "an alias"),
    "nesting without end": (_text("config.yaml", DEEP), "levels"),
    "Python object": (_text("config.yaml", "dataset: !!python/object/apply:os.system ['touch pwned']\n"), "be valid YAML"),
    "no YAML": (_text("config.yaml", "dataset: [a\n"), "be valid YAML"),
    "a date that does not exist": (_text("config.yaml", "dataset: 2024-13-45\n"), "dates that exist"),
    "GBK instead of UTF-8": (_text("config.yaml", "title: 淫羊藿\n".encode("gbk")), "UTF-8"),
    "a config of 6 MB": (_text("config.yaml", "#" * 6_000_000), "below 5 MB"),
    "empty config": (_text("config.yaml", ""), "hold keys and values"),
    "a list as config": (_text("config.yaml", "- a\n- b\n"), "hold keys and values"),
}

CLAIMS = {
    "no claims": (lambda lab: lab.config.pop("claims"), "'claims' or 'registered_claims'"),
    "unknown direction": (_part(direction="upwards"), "direction"),
    "no primary part": (_part(role="secondary"), "role primary"),
    "another compound": (_claim(compound="curcumin"), "'curcumin'", "icariin"),
    "poses as a registered claim": (_claim(id="S03c"), "an id of its own"),
    "poses as a control": (_claim(control="positive"), "key 'control'"),
    "no statement": (lambda lab: lab.claims["claims"][0].pop("statement"), "statement"),
    "claim twice": (lambda lab: lab.claims["claims"].append(lab.claims["claims"][0]), "different ids"),
    "no claims in the file": (lambda lab: lab.claims["claims"].clear(), "claims"),
    "file that is not there": (_set("claims", to="klaims.yaml"), "exist"),
    "misspelt registered claim": (_set("registered_claims", to=["S03cc"]), "Did you mean"),
    "registered claim on another compound": (_set("registered_claims", to=["S04a"]), "icariin"),
}

SETS = {
    "gene by an old name": (_part(readout={"type": "gene", "id": "CBFA1"}), "RUNX2"),
    "gene in mouse spelling": (_part(readout={"type": "gene", "id": "Runx2"}), "RUNX2"),
    "misspelt set": (_part(readout={"type": "gene_set", "id": SET + "S"}), "Did you mean"),
    "file that is not there": (_set("gene_sets", to=["own.tsv"]), "exist"),
    "names damaged by a spreadsheet": (_own_set("set_id\tgene\tweight\nOWN\t1-Mar\t1\nOWN\tRUNX2\t1\n"), "1-Mar"),
    "gene twice": (_own_set("set_id\tgene\tweight\nOWN\tRUNX2\t1\nOWN\tRUNX2\t1\n"), "RUNX2"),
    "name of a registered set": (_own_set(f"set_id\tgene\tweight\n{SET}\tRUNX2\t1\n"), "name of its own"),
    "weight as words": (_own_set("set_id\tgene\tweight\nOWN\tRUNX2\theavy\n"), "heavy"),
}


@pytest.mark.parametrize(("spoil", "fragments"), [(s, f) for s, *f in CONFIGS.values()], ids=list(CONFIGS))
def test_config(lab, assert_refused, spoil, fragments):
    spoil(lab)
    assert_refused(lab, "config", *fragments)


@pytest.mark.parametrize(("spoil", "fragments"), [(s, f) for s, *f in CLAIMS.values()], ids=list(CLAIMS))
def test_claims(lab, assert_refused, spoil, fragments):
    spoil(lab)
    assert_refused(lab, "claims", *fragments)


@pytest.mark.parametrize(("spoil", "fragments"), [(s, f) for s, *f in SETS.values()], ids=list(SETS))
def test_gene_sets(lab, assert_refused, spoil, fragments):
    spoil(lab)
    assert_refused(lab, "gene_sets", *fragments)
