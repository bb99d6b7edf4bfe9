"""Certificates that agreements ask for: held, missing, or neither."""

from __future__ import annotations

from datetime import date

import pytest

from negative_list.determination import Engine
from negative_list.model import Outcome


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Hong Kong operator holding a CEPA certificate, data centre JV, 45%", True),
        ("CEPA證明書已備妥，打算跟東莞夥伴合資經營數據中心", True),
        ("Hong Kong firm, HKSS, data centre", True),
        ("Hong Kong firm without a CEPA certificate", False),
        ("does not have its CEPA certificate", False),
        ("香港公司没有CEPA证明书", False),
        ("CEPA證書申請畀人打咗回頭，即係冇證", False),
        ("港资持证公司", True),
        ("尚未取得香港服务提供者证明书", False),
        ("Hong Kong operator applying for a CEPA certificate", None),
        ("a CEPA certificate (pending)", None),
        ("CEPA certificate: to be confirmed", None),
        ("would we need a CEPA certificate?", None),
        ("正在申请CEPA证明书", None),
        ("CEPA证明书申请中", None),
        ("如果拿到CEPA证书，港方占50%", None),
        # What another clause leaves open is no matter of the certificate.
        ("holding a CEPA certificate, we plan to open in May", True),
        ("data centre, 45%", None),
        ("CEPA certificate obtained last year", True),
        ("applied for and received the CEPA certificate", True),
        ("CEPA證明書已批出", True),
        ("CEPA证书申请已获批准", True),
        ("CEPA certificate not obtained", False),
        ("never applied for a CEPA certificate", False),
        ("CEPA certificate: none", False),
        ("还没有申请CEPA服务提供者证明书", False),
        ("冇申請CEPA證明書", False),
        ("CEPA证书尚未取得", False),
        ("still waiting for the CEPA certificate", None),
        ("CEPA certificate obtainable?", None),
        ("if the CEPA certificate was granted", None),
        ("CEPA证书还没批", None),
        ("CEPA證明書仲等緊批", None),
    ],
)
def test_what_is_said_of_a_certificate(engine: Engine, today: date, text: str, held: bool | None) -> None:
    found = engine.reader.read({"activity": text}, today).proposal.origin_qualified
    assert (None if found is None else found.value) is held


def test_an_easing_is_not_granted_on_a_certificate_applied_for(engine: Engine, today: date) -> None:
    text = "Hong Kong operator {} a CEPA certificate, joint venture in Foshan for a data centre, 45%"
    outcomes = [
        engine.determine({"activity": text.format(word)}, today).outcome
        for word in ("holding", "applying for", "without")
    ]
    assert outcomes == [Outcome.YES, Outcome.CONDITIONAL, Outcome.NO]
