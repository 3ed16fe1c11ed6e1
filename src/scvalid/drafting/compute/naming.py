"""Names of files and folders: what is said of the sample, and what only says the format."""

import re
from collections.abc import Sequence

_ENDING = re.compile(r"\.(h5ad|h5|hdf5|loom|rds|zarr|mtx|csv|tsv|txt|tab|gz|bz2)$", re.IGNORECASE)
_KIND = re.compile(
    r"[ ._-]*(sample[._-])?((filtered|raw)[._-](feature|gene)[._-]bc[._-]matri(x|ces)([._-]h5)?|solo\.out|quants?_mat"
    r"|(raw|umi|gene|filtered)?[._-]?(counts?|matrix|dge|expression|adata))$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"|outs|data|out|output|filtered|raw|gene(full\w*)?|velocyto|alevin|star(solo)?|af_quant|counts_(un)?filtered|cells_x_genes"
    r"|(grch|hg|grcm|mm|rnor|rn|mratbn)_?\d[\w.]*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[\s_,;()\[\]+-]+|(?<!\d)\.+|\.+(?!\d)")
_ACCESSION = re.compile(r"(GSM|SRR|SRX|ERR|CRR|HRR|SAMN)\d+", re.IGNORECASE)
_DONOR_WORD = r"(?:供体|供者|患者|病人|志愿者)"
_CHINESE_NUMBER = r"(?:\d+|[一二三四五六七八九十]+)"
CHINESE_DONOR = rf"(?:第?{_CHINESE_NUMBER}(?:号|位|名|例){_DONOR_WORD}|{_DONOR_WORD}(?:{_CHINESE_NUMBER}|[A-Za-z](?![A-Za-z])))"
_AROUND_DONOR = re.compile(rf"\s*({CHINESE_DONOR})号?\s*")
_LONGEST = 100


def name_of_source(parts: Sequence[str]) -> str:
    """Return the part of a path that names the sample, without endings: the last that does not only name a format.

    Parameters
    ----------
    parts
        Parts of the path, the file or folder last.
    """
    bare = [_bare("".join(c if c.isprintable() else " " for c in part)) for part in parts]
    return next((name for name in reversed(bare) if not _GENERIC.fullmatch(name)), bare[-1] if bare else "")


def name_with_folders(parts: Sequence[str], *, n_shared: int) -> str:
    """Return what a path says of the sample with the folders that it lies in.

    Parameters
    ----------
    parts
        Parts of the path, the file or folder last.
    n_shared
        Parts that the paths of all samples begin with.
    """
    bare = [_bare("".join(c if c.isprintable() else " " for c in part)) for part in parts[n_shared:]]
    return "_".join(name for name in bare if not _GENERIC.fullmatch(name)) or name_of_source(parts)


def words_of(name: str) -> list[str]:
    """Return the words of a name; a Chinese donor number is a word of its own."""
    apart = _AROUND_DONOR.sub(r" \1 ", name)
    return [word for word in _SEPARATOR.split(apart) if word]


def sample_ids(names: Sequence[str]) -> list[str]:
    """Return a short id for each name: without the words that all begin or end with, each id once, in any case.

    Parameters
    ----------
    names
        Names of the samples; equal ones get a number.
    """
    split = [words_of(name) for name in names]
    bare = [without_accessions(words) for words in split]
    for attempt in (_without_shared(bare), _without_shared(split), split):
        ids = ["_".join(words)[:_LONGEST] for words in attempt]
        if all(ids) and len({name.casefold() for name in ids}) == len(ids):
            return ids
    return _numbered(["_".join(words)[:_LONGEST] or "sample" for words in split])


def without_accessions(words: Sequence[str]) -> list[str]:
    """Return words without numbers of archives."""
    return [word for word in words if not _ACCESSION.fullmatch(word)]


def slug_of(text: str) -> str:
    """Return a text as it may name a folder of results, '' if nothing of it may."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", text).strip("._-")[:64].rstrip("._-")


def _bare(part: str) -> str:
    while (shorter := _ENDING.sub("", part)) != part:
        part = shorter
    return _KIND.sub("", part).strip(" ._-")


def _without_shared(split: Sequence[list[str]]) -> list[list[str]]:
    """Return the words between those that all names share at their start and at their end; of one name all."""
    if len(split) < 2:
        return list(split)
    shortest = min(map(len, split))
    start = next((i for i in range(shortest) if len({words[i] for words in split}) > 1), shortest)
    most = shortest - start
    end = next((i for i in range(most) if len({words[-1 - i] for words in split}) > 1), most)
    return [words[start : len(words) - end] for words in split]


def _numbered(ids: Sequence[str]) -> list[str]:
    taken: set[str] = set()
    unique = []
    for name in ids:
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{name}_{number}"
        taken.add(candidate.casefold())
        unique.append(candidate)
    return unique
