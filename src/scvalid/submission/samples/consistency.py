"""What rows may not say together: of an arm, of a donor, of the two arms that are compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scvalid.registry.ontology.terms import prefix_of
from scvalid.settings import Design, Sample
from scvalid.settings.vocabulary import is_nobody, is_pool
from scvalid.submission.samples.refusal import Refused
from scvalid.submission.samples.terms import ORGANISMS, SPECIES_OF_STAGES, STAGE, fault_of_tissue

CONTROLS = ("vehicle", "untreated")
_OF_DONOR = ("sex_ontology_term_id", "self_reported_ethnicity_ontology_term_id")
_DEPENDS = "Write the number of the individual; cells pooled from several are told apart by genotype or hashtag."
Said = Iterator[tuple[int, Refused]]


@dataclass(frozen=True)
class Place:
    """One row: its line, its sample, what is stated of it and how."""

    line: int
    sample: Sample
    record: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    """What the row says, as typed."""

    def refused(self, column: str, must: str, fix: str) -> tuple[int, Refused]:
        """Return a value that cannot stand in its column, in the words of the row if the row has said it."""
        return self.line, Refused(column, self.texts.get(column) or self.record[column], must, fix)


def faults_across(places: Sequence[Place], design: Design) -> list[tuple[int, Refused]]:
    """Return line and fault of everything that cannot be true of the samples together, of the compared ones above all."""
    named = [place for place in places if place.sample.arm in design.named_arms]
    faults = [*_of_donors(named), *_of_arms(_in_arms(places, design), design), *_of_tissues(places), *_of_stages(places)]
    designs = (design, *(design.of(contrast) for contrast in design.contrasts))
    return [*faults, *_of_one_donor(places), *(fault for one in designs for fault in _of_exposure(_in_arms(places, one), one))]


def values_in_arm(places: Sequence[Place], arm: str, column: str) -> frozenset[str]:
    """Return the values of a column among the samples of an arm."""
    return frozenset(p.record[column] for p in places if p.sample.arm == arm and column in p.record)


def _in_arms(places: Sequence[Place], design: Design) -> list[Place]:
    return [place for place in places if place.sample.arm in (design.treated, design.vehicle)]


def _of_donors(compared: Sequence[Place]) -> Said:
    for place in compared:
        donor = place.sample.donor_id
        if is_nobody(donor):
            must = "name the individual: the donor is the unit of replication"
            yield place.line, Refused("donor_id", donor, must, _DEPENDS)
        elif is_pool(donor):
            must = "name one individual: a pool of several is no replicate"
            yield place.line, Refused("donor_id", donor, must, _DEPENDS)


def _of_arms(compared: Sequence[Place], design: Design) -> Said:
    for place in compared:
        given = place.record.get("compound_id")
        if given is None:
            continue
        if place.sample.arm == design.treated and given in CONTROLS:
            must = f"be what was given: the arm {design.treated!r} is the treated one"
            yield place.refused("compound_id", must, "Correct the column, or 'design' in the config.")
        if place.sample.arm == design.vehicle and given not in CONTROLS:
            must = f"be vehicle or untreated: the arm {design.vehicle!r} is the vehicle one"
            yield place.refused("compound_id", must, "Correct the column, or 'design' in the config.")


def _of_tissues(places: Sequence[Place]) -> Said:
    for place in places:
        kind, tissue = place.record.get("tissue_type"), place.record.get("tissue_ontology_term_id")
        if kind is None or tissue is None:
            continue
        found = fault_of_tissue(kind, tissue)
        if found.must:
            yield place.refused("tissue_ontology_term_id", found.must, found.fix)


def _of_stages(places: Sequence[Place]) -> Said:
    """Stages of man and of mouse are counted in ontologies of their own; there is none of the rat."""
    for place in places:
        stage, organism = place.record.get(STAGE, ""), place.record.get("organism_ontology_term_id")
        species = SPECIES_OF_STAGES.get(prefix_of(stage))
        if species is not None and organism is not None and organism != species:
            right = next((prefix for prefix, one in SPECIES_OF_STAGES.items() if one == organism), "UBERON")
            named = {term: name for name, term in ORGANISMS.items()}
            must = f"be a stage of {named.get(organism, organism)}, a term of {right}"
            fix = f"{prefix_of(stage)} counts the life of {named[species]}. Correct it, or context.species."
            yield place.refused(STAGE, must, fix)


def _of_one_donor(places: Sequence[Place]) -> Said:
    for column in _OF_DONOR:
        first: dict[str, str] = {}
        for place in places:
            value = place.record.get(column)
            donor = place.sample.donor_id
            if value is not None and first.setdefault(donor, value) != value:
                must = f"be one for one donor; of this donor another row says {first[donor]}"
                yield place.refused(column, must, "Correct the donor or the value.")


def _of_exposure(compared: Sequence[Place], design: Design) -> Said:
    """Cells that were exposed for another time are another experiment, not a control."""
    treated, vehicle = (values_in_arm(compared, arm, "exposure_h") for arm in (design.treated, design.vehicle))
    if not treated or not vehicle or treated == vehicle:
        return
    must = f"be the same in both compared arms; the treated arm says {', '.join(sorted(treated))} h"
    for place in compared:
        value = place.record.get("exposure_h")
        if place.sample.arm == design.vehicle and value is not None and value not in treated:
            yield place.refused("exposure_h", must, "Compare samples of one exposure, or correct the column.")
