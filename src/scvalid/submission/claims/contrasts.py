"""Which claims are judged in each further contrast, and what a contrast names that it cannot judge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scvalid.contracts.claims import Claim
from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import nearest, sentence, shown
from scvalid.settings import Contrast
from scvalid.submission.claims.treatment import Given, given_by, is_of_compound
from scvalid.submission.config import Compound, Config


def given_in(config: Config, *, library: Sequence[RegisteredCompound]) -> dict[str, Given]:
    """Return name of a contrast -> what was given in it, for those with a compound of their own."""
    return {
        contrast.name: given_by(with_compound(config, contrast), library=library)
        for contrast in config.design.contrasts
        if contrast.compound is not None
    }


def is_of_a_contrast(claim: Claim, headline: Given, further: Mapping[str, Given]) -> bool:
    """Return whether a claim is about what was given in a contrast, and not about the compound of the headline."""
    if claim.compound is None or (headline.compound is not None and is_of_compound(headline, claim.compound)):
        return False
    return any(is_of_compound(given, claim.compound) for given in further.values())


def claims_of(contrast: Contrast, claims: Iterable[Claim], further: Iterable[Claim], given: Given | None) -> tuple[Claim, ...]:
    """Return the claims that are judged in a contrast, in the order of the submission.

    Parameters
    ----------
    contrast
        The contrast.
    claims, further
        Claims of the headline, and those on compounds of contrasts alone.
    given
        What was given in the contrast, where it has a compound of its own.
    """
    if given is None:
        fitting = list(claims)
    else:
        fitting = [c for c in (*claims, *further) if c.compound is None or is_of_compound(given, c.compound)]
    return tuple(claim for claim in fitting if not contrast.claims or claim.id in contrast.claims)


def faults_of_contrasts(
    config: Config, claims: Sequence[Claim], further: Sequence[Claim], given: Mapping[str, Given], *, name: str
) -> Iterator[str]:
    """Yield one sentence for each claim that a contrast names and cannot judge, and for a contrast that has none.

    Parameters
    ----------
    config
        The config; ``name`` is that of its file.
    claims, further, given
        As ``claims_of`` takes them; contrast -> what was given in it.
    """
    every, contrasts = {claim.id: claim for claim in (*claims, *further)}, config.design.contrasts
    for contrast in contrasts:
        where = f"{name}, contrast {shown(contrast.name)}, key 'claims',"
        judged = claims_of(contrast, claims, further, given.get(contrast.name))
        lacking = [wanted for wanted in dict.fromkeys(contrast.claims) if wanted not in {claim.id for claim in judged}]
        for wanted in lacking:
            if wanted not in every:
                yield sentence(where, "name claims of the submission", shown(wanted), nearest(wanted, every))
            else:
                what = contrast.compound or (config.compound.name if config.compound else "what was given")
                got = f"{shown(wanted)}, which is about {shown(every[wanted].compound)}"
                yield sentence(where, f"name claims on {shown(what)}", got, "Remove it, or write compound for this contrast.")
        if not judged and not lacking and every:
            yield sentence(where, "leave at least one claim to be judged", "none", "Add claims on its compound, or remove it.")
    yield from _faults_of_beyond(
        config, {c.name: claims_of(c, claims, further, given.get(c.name)) for c in contrasts}, name=name
    )
    if further and not claims:
        got, fix = "claims on compounds of contrasts alone", "Add one, or make such a contrast the headline."
        yield sentence(f"{name}, key 'claims',", "hold a claim on the compound of the submission", got, fix)


def _faults_of_beyond(config: Config, judged: Mapping[str, tuple[Claim, ...]], *, name: str) -> Iterator[str]:
    """A claim can hold beyond a comparison only if that judges it."""
    for contrast in config.design.contrasts:
        for other in contrast.beyond:
            for claim in judged[contrast.name]:
                if claim not in judged[other]:
                    where = f"{name}, contrast {shown(other)}, key 'claims',"
                    got, fix = f"a list without {shown(claim.id)}", "Add the claim, or leave it out of the other contrast."
                    yield sentence(where, f"hold the claims of {shown(contrast.name)}, which goes beyond it", got, fix)


def with_compound(config: Config, contrast: Contrast) -> Config:
    """Return the config with what was given in the treated arm of a contrast."""
    if contrast.compound is None:
        return config
    return config.model_copy(update={"compound": Compound(name=contrast.compound)})
