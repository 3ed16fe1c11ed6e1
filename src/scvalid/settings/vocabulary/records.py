"""What people write of a sample, in English and Chinese: words for yes and no, for what is not known, for tissues and media."""

import re
from unicodedata import normalize

from scvalid.settings.vocabulary.names import plain

UNSTATED = frozenset(
    {"", "unknown", "na", "n/a", "n.a.", "nan", "none given", "not recorded", "not known", "?", "??", "tbd", "null"}
    | {"-", "--", "–", "—", "——", "/", "//"}
    | {"nd", "n.d.", "n.d", "n/d", "not determined", "unk", "unkn", "unk."}
    | {"未知", "不详", "不明", "未记录", "无记录", "待定"}
)
"""Texts that say that nothing is said; a field that offers one of them as a value takes it."""

_NOBODY = frozenset({"none", "no", "nil", "无", "没有"})
_POOL = frozenset({"pool", "pools", "pooled", "pooling", "mix", "mixed", "mixture"})
_POOL_CHINESE = re.compile(r"混合|混样|混池|合并")
_BESIDE_POOL = frozenset(
    {"donor", "donors", "sample", "samples", "cell", "cells", "msc", "mscs", "patients"}
    | {"from", "of", "no", "nr", "human", "all", "and"}
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]")

_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "yes": {"yes": ("y", "true", "1", "是", "有"), "no": ("n", "false", "0", "否", "无", "没有")},
    "tissue_type": {
        "primary cell culture": ("cell culture", "culture", "cultured cells", "primary culture", "原代细胞", "原代培养"),
        "tissue": ("organ", "组织"), "organoid": ("organoids", "类器官"), "cell line": ("line", "细胞系"),
    },
    "suspension_type": {"cell": ("cells", "single cell", "细胞"), "nucleus": ("nuclei", "single nucleus", "snrna", "细胞核")},
    "genotype_origin": {"fetal": ("foetal", "胎儿"), "maternal": ("mother", "母体"), "mixed": ("混合",), "na": ("不适用",)},
    "phenol_red": {
        "yes": ("with", "with phenol red", "present", "+", "含", "含酚红"),
        "no": ("without", "free", "phenol red free", "phenol-red-free", "absent", "不含", "无酚红"),
    },
    "cryopreserved": {
        "yes": ("frozen", "cryo", "cryopreserved", "thawed", "frozen-thawed", "frozen/thawed", "after thaw", "冻存", "复苏"),
        "no": ("fresh", "never frozen", "not frozen", "freshly isolated", "新鲜", "未冻存"),
    },
    "temperature": {
        "20-25": ("rt", "r.t.", "room temperature", "room temp", "ambient", "室温"), "0": ("on ice", "ice", "冰上"),
    },
    "mycoplasma": {
        "negative": ("neg", "-", "not detected", "阴性"), "positive": ("pos", "+", "阳性"),
        "not done": ("nd", "n.d.", "未检测", "未测"),
    },
    "vehicle": {
        "DMSO": ("dimethyl sulfoxide", "dimethylsulfoxide", "二甲基亚砜"), "ethanol": ("etoh", "乙醇", "酒精"),
        "PBS": ("磷酸盐缓冲液", "phosphate buffered saline"), "BSA": ("fatty-acid-free bsa", "牛血清白蛋白"),
        "water": ("h2o", "ddh2o", "水", "双蒸水"), "saline": ("nacl", "生理盐水"),
        "methanol": ("meoh", "甲醇"), "none": (
            "no", "no vehicle", "without vehicle", "vehicle-free", "solvent-free", "nothing", "untreated", "water-free",
            "medium", "culture medium", "medium only", "medium alone", "complete medium", "growth medium", "basal medium",
            "无", "培养基", "培养液", "完全培养基",
        ),
    },
    "compound_id": {
        "vehicle": ("control", "ctrl", "vehicle control", "solvent", "对照", "对照组", "溶剂", "溶剂对照"),
        "untreated": ("none", "no treatment", "blank", "空白", "空白对照", "未处理"),
    },
    "dose": {
        "none": (
            "no", "nil", "nothing", "no dose", "no drug", "no treatment", "untreated", "not treated", "blank",
            "vehicle", "vehicle control", "vehicle only", "vehicle alone", "control", "ctrl", "solvent",
            "无", "没有", "不加", "不加药", "未加药", "未给药", "未处理",
            "空白", "空白对照", "对照", "对照组", "溶剂", "溶剂对照",
        ),
    },
    "sex_ontology_term_id": {"PATO:0000383": ("female", "f", "woman", "女", "女性", "雌", "雌性"),
                             "PATO:0000384": ("male", "m", "man", "男", "男性", "雄", "雄性")},
    "disease_ontology_term_id": {"PATO:0000461": ("normal", "healthy", "none", "正常", "健康")},
    "organism_ontology_term_id": {
        "NCBITaxon:9606": ("human", "homo sapiens", "9606", "人"),
        "NCBITaxon:10090": ("mouse", "mus musculus", "10090", "小鼠"),
        "NCBITaxon:10116": ("rat", "rattus norvegicus", "10116", "大鼠"),
    },
    "source_tissue_ontology_term_id": {
        "UBERON:0002371": ("bm", "骨髓"), "UBERON:0001013": ("fat", "adipose", "脂肪", "脂肪组织"),
        "UBERON:0002331": ("cord", "uc", "脐带"), "UBERON:0012168": ("cord blood", "脐血", "脐带血"),
        "UBERON:0001987": ("胎盘",), "UBERON:0000305": ("羊膜",), "UBERON:0001754": ("牙髓",),
        "UBERON:0001828": ("gum", "牙龈"), "UBERON:0003422": ("wharton's jelly", "华通氏胶", "华通胶"),
        "UBERON:0000178": ("外周血", "血液"),
    },
    "assay_ontology_term_id": {
        "EFO:0009922": ("10x v3", "10x 3' v3.1", "10x chromium v3"), "EFO:0009899": ("10x v2",), "EFO:0022604": ("10x v4",),
        "EFO:0008931": ("smartseq2", "smart-seq 2"),
        "EFO:0022606": ("10x flex", "flex"), "EFO:0022603": ("parse", "parse evercode", "evercode"),
        "EFO:0700011": ("gexscope", "singleron gexscope", "singleron", "新格元"),
    },
}  # fmt: skip
_OF_YES = ("phenol_red", "cryopreserved", "trilineage_done", "blinding", "randomisation_of_wells")
_FLOW = ("isct_flow_cd73", "cd90", "cd105", "cd45", "cd34", "cd14_cd11b", "cd19_cd79a", "hla_dr")
_NOT_DONE: dict[str, tuple[str, ...]] = {"not done": ("nd", "n.d.", "n/d", "not determined", "not tested", "未检测", "未测")}
_WORDS |= dict.fromkeys(_FLOW, _NOT_DONE)
_MEANT = {
    field: {plain(spelled): word for word, spellings in words.items() for spelled in (word, *spellings)}
    for field, words in _WORDS.items()
}
_MEANT |= {field: _MEANT["yes"] | _MEANT.get(field, {}) for field in _OF_YES}
COLUMNS_IN_CHINESE = {
    "样本": "sample_id", "样品": "sample_id", "样本编号": "sample_id", "样品编号": "sample_id", "样本名称": "sample_id",
    "样本名": "sample_id", "样品名": "sample_id", "样本ID": "sample_id", "样本id": "sample_id", "样本号": "sample_id",
    "文件名": "path", "数据路径": "path", "供体ID": "donor_id", "供体号": "donor_id", "捐献者": "donor_id", "处理组": "arm",
    "路径": "path", "文件": "path", "文件路径": "path", "供体": "donor_id", "供者": "donor_id", "供体编号": "donor_id",
    "组别": "arm", "分组": "arm", "处理": "arm", "组": "arm", "批次": "batch_id", "文库": "library_id", "代次": "passage",
    "传代": "passage", "性别": "sex_ontology_term_id", "年龄": "donor_age_years", "化合物": "compound_id",
    "药物": "compound_id",
    "剂量": "dose", "浓度": "dose", "溶剂": "vehicle", "时间": "exposure_h", "作用时间": "exposure_h", "培养基": "medium",
    "血清": "serum_or_platelet_lysate", "氧浓度": "oxygen_pct", "组织来源": "source_tissue_ontology_term_id",
    "cd73": "isct_flow_cd73", "CD73": "isct_flow_cd73", "CD90": "cd90", "CD105": "cd105", "CD45": "cd45", "CD34": "cd34",
    "sex": "sex_ontology_term_id", "age": "donor_age_years", "purity": "purity_pct", "viability": "viability_pct",
    "来源": "source_tissue_ontology_term_id", "厂家": "compound_supplier", "纯度": "purity_pct", "批号": "lot",
}  # fmt: skip
"""Header of a sheet as a Chinese lab writes it, or in short -> the column that is meant."""


def meant_by(column: str, text: str) -> str | None:
    """Return the value that a usual word for it means in a column; None if the word is not a known one there."""
    return _MEANT.get(column, {}).get(plain(text))


def is_unstated(text: str) -> bool:
    """Return whether a text says that nothing is known or recorded."""
    return plain(text) in UNSTATED


def is_nobody(donor: str) -> bool:
    """Return whether a name of a donor names nobody: ``none``, ``ND``, ``unknown``; ``ND12`` is somebody."""
    return is_unstated(donor) or plain(donor) in _NOBODY


def is_pool(donor: str) -> bool:
    """Return whether a name of a donor says that several were mixed: ``pool1``, ``Pooled_2``, ``混合1``; ``Poole`` does not."""
    words = {word.casefold() for word in _WORD.findall(normalize("NFKC", donor))}
    others = {word for word in words - _POOL if len(word) > 1} - _BESIDE_POOL
    return (bool(words & _POOL) and not others) or _POOL_CHINESE.search(donor) is not None
