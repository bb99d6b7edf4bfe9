"""The manifest of the reconciliation service: what it offers and where (Reconciliation Service API 0.2)."""

from __future__ import annotations

from typing import Any

from negative_list import __version__
from negative_list.model import Text
from service.reconciliation import TYPES

# More queries at once are refused.
BATCH = 50
NAME = Text("Negative list for foreign investment in China", "外商投资负面清单")
PREVIEW = {"width": 420, "height": 260}
# Each setting of a property with its label and what it means.
SETTINGS = {
    "as_of": (Text("Day of the law", "法律日期"), Text("YYYY-MM-DD; empty means today.", "YYYY-MM-DD；留空为今日。")),
    "place": (Text("Place", "地点"), Text("A name or id; empty means nationwide.", "名称或代码；留空为全国。")),
}


def manifest(root: str, own: str, lang: str) -> dict[str, Any]:
    """The manifest in one language, from the address of the service and the path of its reconciliation."""
    base = root + own
    return {
        "versions": ["0.2"],
        "name": NAME[lang],
        # Records are the same whatever the language.
        "identifierSpace": f"{root}/reconcile/view?id=",
        "schemaSpace": "http://www.w3.org/2004/02/skos/core#Concept",
        "serviceVersion": __version__,
        "documentation": f"{root}/docs",
        "defaultTypes": [{"id": id_, "name": name[lang]} for id_, name in TYPES.items()],
        "view": {"url": f"{base}/view?id={{{{id}}}}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", **PREVIEW},
        "suggest": {
            name: {"service_url": base, "service_path": f"/suggest/{name}"} for name in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/properties"},
            "property_settings": [
                {"name": name, "label": label[lang], "type": "text", "default": "", "help_text": meaning[lang]}
                for name, (label, meaning) in SETTINGS.items()
            ],
        },
        "batchSize": BATCH,
    }
