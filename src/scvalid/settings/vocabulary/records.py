"""What people write of a sample, in English and Chinese: words for yes and no, for what is not known, for tissues and media."""

from scvalid.settings.vocabulary.names import plain

UNSTATED = frozenset(
    {"", "unknown", "na", "n/a", "n.a.", "nan", "none given", "not recorded", "not known", "?", "??", "-", "--", "tbd", "null"}
    | {"未知", "不详", "不明", "未记录", "无记录", "待定"}
)
"""Texts that say that nothing is said; a field that offers one of them as a value takes it."""

POOLED = frozenset({"pooled", "pool", "mixed", "mix", "混合", "混样"})

_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "yes": {"yes": ("y", "true", "1", "是", "有"), "no": ("n", "false", "0", "否", "无", "没有")},
    "tissue_type": {
        "primary cell culture": ("cell culture", "culture", "cultured cells", "primary culture", "原代细胞", "原代培养"),
        "tissue": ("organ", "组织"), "organoid": ("organoids", "类器官"), "cell line": ("line", "细胞系"),
    },
    "suspension_type": {"cell": ("cells", "single cell", "细胞"), "nucleus": ("nuclei", "snrna", "细胞核")},
    "genotype_origin": {"fetal": ("foetal", "胎儿"), "maternal": ("mother", "母体"), "mixed": ("混合",), "na": ("不适用",)},
    "mycoplasma": {"negative": ("neg", "-", "阴性"), "positive": ("pos", "+", "阳性"), "not done": ("nd", "未检测", "未测")},
    "vehicle": {
        "DMSO": ("dimethyl sulfoxide", "dimethylsulfoxide", "二甲基亚砜"), "ethanol": ("etoh", "乙醇", "酒精"),
        "PBS": ("磷酸盐缓冲液", "phosphate buffered saline"), "BSA": ("fatty-acid-free bsa", "牛血清白蛋白"),
        "water": ("h2o", "ddh2o", "水", "双蒸水"), "saline": ("nacl", "生理盐水"), "medium": ("culture medium", "培养基"),
        "methanol": ("meoh", "甲醇"), "none": ("no", "no vehicle", "untreated", "无"),
    },
    "compound_id": {
        "vehicle": ("control", "ctrl", "vehicle control", "solvent", "对照", "对照组", "溶剂", "溶剂对照"),
        "untreated": ("none", "no treatment", "blank", "空白", "空白对照", "未处理"),
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
    },
}  # fmt: skip
_OF_YES = frozenset({"phenol_red", "cryopreserved", "trilineage_done", "blinding", "randomisation_of_wells"})
_MEANT = {
    field: {plain(spelled): word for word, spellings in words.items() for spelled in (word, *spellings)}
    for field, words in _WORDS.items()
}
COLUMNS_IN_CHINESE = {
    "样本": "sample_id", "样品": "sample_id", "样本编号": "sample_id", "样品编号": "sample_id", "样本名称": "sample_id",
    "路径": "path", "文件": "path", "文件路径": "path", "供体": "donor_id", "供者": "donor_id", "供体编号": "donor_id",
    "组别": "arm", "分组": "arm", "处理": "arm", "组": "arm", "批次": "batch_id", "文库": "library_id", "代次": "passage",
    "传代": "passage", "性别": "sex_ontology_term_id", "年龄": "donor_age_years", "化合物": "compound_id",
    "药物": "compound_id",
    "剂量": "dose", "浓度": "dose", "溶剂": "vehicle", "时间": "exposure_h", "作用时间": "exposure_h", "培养基": "medium",
    "血清": "serum_or_platelet_lysate", "氧浓度": "oxygen_pct", "组织来源": "source_tissue_ontology_term_id",
    "来源": "source_tissue_ontology_term_id", "厂家": "compound_supplier", "纯度": "purity_pct", "批号": "lot",
}  # fmt: skip
"""Header of a sheet as a Chinese lab writes it -> the column that is meant."""


def meant_by(column: str, text: str) -> str | None:
    """Return the value that a usual word for it means in a column; None if the word is not a known one there."""
    return _MEANT.get("yes" if column in _OF_YES else column, {}).get(plain(text))


def is_unstated(text: str) -> bool:
    """Return whether a text says that nothing is known or recorded."""
    return plain(text) in UNSTATED
