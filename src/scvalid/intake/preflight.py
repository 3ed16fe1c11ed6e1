"""Faults of a submitted file, found without reading all of it; the entry checks call this for every file."""

from collections.abc import Mapping
from pathlib import Path

from scvalid.errors import SubmissionError, sentence
from scvalid.intake.compute.genes import GeneTable, name_genes, telling_names, wanted_columns
from scvalid.intake.compute.identifiers import refused_names
from scvalid.intake.compute.judgement import judge_species
from scvalid.intake.compute.selection import faults_of_selection, select_cells
from scvalid.intake.contents import Contents, look_into
from scvalid.intake.loading import choose_counts
from scvalid.intake.readers.opening import opened
from scvalid.intake.settings import IntakeSettings


def findings_of_source(
    source: Path, *, settings: IntakeSettings, species: str, selection: Mapping[str, str], where: str
) -> list[str]:
    """Return one sentence per fault of the file of one sample; none if nothing speaks against it.

    Parameters
    ----------
    source
        The file or folder.
    settings
        Section ``intake`` of the config.
    species
        Species stated for the data.
    selection
        Column of obs -> value of the cells that are the sample.
    where
        How the sentences call this file, for example ``samples.tsv row 3 (sample 'x'), file 'y.h5ad'``.
    """
    try:
        contents = look_into(source, settings=settings, species=species, columns=list(selection), n_cells=0, where=where)
    except SubmissionError as error:
        return list(error.findings)
    faults = faults_of_genes(contents.genes, gene_column=settings.gene_column, species=species, where=where)
    return [*contents.faults, *faults, *faults_of_cells(contents, selection, where=where)]


def faults_of_genes(genes: GeneTable, *, gene_column: str | None, species: str, where: str) -> list[str]:
    """Return a sentence if the genes go by names that cannot be used, or are those of another species."""
    if not genes.index.size:
        return []  # said of the file
    used, ids = telling_names(genes, gene_column=gene_column)
    refused = None if ids else refused_names(used)
    if refused:
        return [sentence(where, "name genes by Ensembl id or symbol", *refused)]
    found = next(filter(None, (judge_species(names, species=species) for names in (used, ids))), None)
    fix = "Correct context.species in the config, or the file."
    return [sentence(where, f"hold genes of the stated species, {species}", found, fix)] if found else []


def faults_of_cells(contents: Contents, selection: Mapping[str, str], *, where: str) -> list[str]:
    """Return one sentence per fault of the cells of one sample: a value that no cell has, a cell named twice."""
    if any(column not in contents.columns for column in selection):
        return []  # said of the file
    columns = {column: contents.columns[column] for column in selection}
    faults = faults_of_selection(columns, selection, where=where)
    if faults:
        return faults
    names = contents.barcodes[select_cells(columns, selection, n_cells=len(contents.barcodes))]
    n_repeated = len(names) - len(set(names))
    fix = "Make the barcodes unique."
    return [sentence(where, "name each cell once", f"{n_repeated} repeated names", fix)] if n_repeated else []


def symbols_of_source(
    source: Path, *, settings: IntakeSettings, symbol_of_id: Mapping[str, str], aliases: Mapping[str, str]
) -> frozenset[str]:
    """Return the genes of a submitted file as the workflow will call them; none if the file cannot be read.

    Parameters
    ----------
    source
        The file or folder.
    settings
        Section ``intake`` of the config.
    symbol_of_id
        Ensembl id without version -> current symbol.
    aliases
        Outdated name -> current symbol.
    """
    try:
        with opened(source, where="", orientation=settings.orientation) as reader:
            name, _ = choose_counts(reader, layer=settings.counts_layer, where="")
            if name is None:
                return frozenset()
            genes = reader.genes(name, wanted_columns(reader.gene_columns(name), settings.gene_column))
            named = name_genes(genes, symbol_of_id=symbol_of_id, aliases=aliases, gene_column=settings.gene_column)
            return frozenset(named.symbols) - {""}
    except SubmissionError:
        return frozenset()  # the file's own check says why
