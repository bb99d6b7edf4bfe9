"""Where investors come from: the territories of Unicode's locale data, with Hong Kong, Macao and Taiwan as origins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from negative_list.model import Origin, Text

# Codes of Unicode that name no place of origin: unions, the unknown region, pseudo-locales.
_NO_ORIGIN = ("CN", "ZZ", "EU", "EZ", "UN", "QO", "XA", "XB")
_OWN_NAMES = (("HK", "Hong Kong", "香港"), ("MO", "Macao", "澳门"), ("TW", "Taiwan", "台湾"))


@cache
def origins() -> Mapping[str, Origin]:
    """Every place of origin by its ISO 3166 alpha-2 code, with its name in English and Chinese."""
    en, zh = Locale("en").territories, Locale("zh").territories
    found = {
        code: Origin(code, Text(str(en[code]), str(zh.get(code, en[code]))))
        for code in map(str, en)
        if re.fullmatch(r"[A-Z]{2}", code) and code not in _NO_ORIGIN
    }
    return found | {code: Origin(code, Text(name, name_zh)) for code, name, name_zh in _OWN_NAMES}
