"""Broken sample sheets: each is refused for the one thing that is wrong with it."""

import pytest


def _cell(column, value, row=0):
    def spoil(lab):
        lab.sheet[column] = lab.sheet[column].astype(object) if column in lab.sheet else ""
        lab.sheet.loc[row, column] = value

    return spoil


def _column(name, *values):
    return lambda lab: lab.column(name, list(values) * (6 // len(values)))


def _as(**how):
    def spoil(lab):
        lab.text("samples.tsv", lab.sheet.to_csv(index=False, sep=how.get("sep", "\t")).encode(how.get("encoding", "utf-8")))

    return spoil


def _row(text):
    return lambda lab: lab.text("samples.tsv", lab.sheet.to_csv(index=False, sep="\t") + text)


def _swap_arms_of_a_file(lab):
    lab.sheet.loc[1, "path"] = lab.sheet["path"][0]


def _instead(name, value, *, config=None):
    """State in the sheet what the config states otherwise."""

    def spoil(lab):
        lab.config["metadata"].pop(name, None)
        lab.config["compound"].pop(config, None)
        lab.column(name, [value] * 6)

    return spoil


def _exposures(lab):
    del lab.config["compound"]["exposure"]
    lab.column("exposure_h", ["24", "48"] * 3)


SHEETS = {
    "commas": (_as(sep=","), "separated by tabs"),
    "UTF-16 without its mark": (_as(encoding="utf-16-le"), "UTF-8"),
    "no column of donors": (lambda lab: lab.sheet.drop(columns="donor_id", inplace=True), "no donor_id"),
    "misspelt column": (
        lambda lab: lab.sheet.rename(columns={"batch_id": "bach_id"}, inplace=True),
        "Did you mean 'batch_id'?",
    ),
    "header alone": (lambda lab: lab.text("samples.tsv", "sample_id\tpath\tdonor_id\tarm\n"), "at least one sample"),
    "no sheet": (lambda lab: lab.config.update(samples="sheet.tsv"), "exist"),
    "sample twice": (_cell("sample_id", "D1_icariin"), "each sample once"),
    "names that differ in case alone": (_cell("sample_id", "d1_ICARIIN"), "more than case"),
    "donor in two spellings": (_cell("donor_id", "d1"), "one name in one way"),
    "no donor": (_cell("donor_id", ""), "'donor_id'", "be given"),
    "donor not known": (_column("donor_id", "unknown"), "donor_id"),
    "control character": (_cell("sample_id", '"D1\x07"'), "control characters"),
    "name that turns the writing": (_cell("sample_id", "D1\u202egpj"), "control characters"),
    "name of 300 letters": (_cell("sample_id", "x" * 300), "sample_id"),
    "row cut short": (_row("D4_x\tdata\n"), "row 8"),
    "quote that is not closed": (_row('"D4\tx\ty\tz\tb1\n'), "quote"),
    "one file as two samples": (_swap_arms_of_a_file, "other cells in each row"),
    "cells that are no pairs": (lambda lab: lab.column("cells", ["donor", *[""] * 5]), "column=value"),
    "a word that is none of the standard's": (_instead("suspension_type", "soup"), "suspension_type"),
    "more than all of the volume": (_instead("vehicle_pct_v_v", "210", config="vehicle"), "vehicle_pct_v_v"),
    "no such ontology term": (_instead("source_tissue_ontology_term_id", "UBERON:9999999"), "UBERON:9999999"),
    "a term of another ontology": (_instead("assay_ontology_term_id", "UBERON:0002371"), "assay_ontology_term_id"),
    "dose in no unit": (lambda lab: (_column("dose_value", "", "10")(lab), _column("dose_unit", "", "drops")(lab)), "drops"),
    "exposure that differs between arms": (_exposures, "exposure_h"),
    "address without checksum": (_cell("path", "https://example.org/a.h5ad"), "sha256"),
    "address that anyone can change": (_cell("path", "http://example.org/a.h5ad"), "https"),
    "address with a password": (_cell("path", "https://me:secret@example.org/a.h5ad"), "password"),
}


@pytest.mark.parametrize(("spoil", "fragments"), [(s, f) for s, *f in SHEETS.values()], ids=list(SHEETS))
def test_sheet(lab, assert_refused, spoil, fragments):
    spoil(lab)
    fault = assert_refused(lab, "samples", *fragments)
    assert "secret" not in fault["text"]
