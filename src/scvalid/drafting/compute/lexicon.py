"""Words that usually name an arm, in English and Chinese."""

import re

VEHICLE = frozenset(
    {"ctrl", "control", "controls", "ctr", "ctl", "con", "vehicle", "veh", "dmso", "mock", "solvent", "ethanol", "etoh", "pbs"}
    | {"saline", "untreated", "unstim", "unstimulated", "nt", "untr", "naive", "baseline", "nc", "blank", "sham"}
    | {"对照", "对照组", "空白", "空白组", "空白对照", "空白对照组", "溶媒", "溶媒组", "溶剂", "溶媒对照", "未处理", "未处理组"}
    | {"阴性对照", "阴性对照组", "正常对照", "正常对照组", "生理盐水", "假手术", "假手术组"}
)
DOUBTFUL = frozenset(
    {"untreated", "unstim", "unstimulated", "nt", "untr", "naive", "baseline", "nc", "blank", "sham", "mock", "con"}
    | {"空白", "空白组", "空白对照", "空白对照组", "未处理", "未处理组", "阴性对照", "阴性对照组", "正常对照", "正常对照组"}
    | {"假手术", "假手术组"}
)
"""Of these, those that may as well be cells that got nothing at all, or a word that means something else."""
TREATED = frozenset(
    {"treated", "treatment", "treat", "trt", "tx", "stim", "stimulated", "drug", "compound", "primed", "priming", "licensed"}
    | {"处理", "处理组", "给药", "给药组", "实验组", "药物", "药物组", "加药", "刺激", "刺激组"}
)
FACTOR = re.compile(
    r"(ifn(g|b|a|γ|β|α|gamma|beta|alpha)?|tnf(a|α|alpha)?|il\d+[ab]?|lps|tgfb?\d?|hypoxia|h2o2|缺氧)", re.IGNORECASE
)
AMOUNT = re.compile(
    r"\d+(\.\d+)?(nm|um|μm|µm|mm|ng|ug|μg|µg|mg|ngml|ugml|mgml|mgl|h|hr|hrs|hours?|d|days?|min)|day\d+", re.IGNORECASE
)
