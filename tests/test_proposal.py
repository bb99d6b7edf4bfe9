"""Facts read out of fields and text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from negative_list.determination import Engine
from negative_list.errors import ProposalError, TooEarly
from negative_list.model import Proposal
from negative_list.proposal import MAX_TEXT

Read = Callable[..., Proposal]


@pytest.fixture(scope="module")
def read(engine: Engine, today: date) -> Read:
    def answer(text: str = "a business", **fields: Any) -> Proposal:
        return engine.reader.read({"activity": text, **fields}, today).proposal

    return answer


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("data centre 60%", 60),
        ("60 per cent foreign", 60),
        ("we hold 33.5 percent", 33.5),
        ("外资占６０％", 60),
        ("外资占六成", 60),
        ("六成五", 65),
        ("六成半", 65),
        ("外方百分之四十九", 49),
        ("外资百分之六十五", 65),
        ("foreign 49/51 JV", 49),
        ("外方持股49%，中方持股51%", 49),
        # The Chinese side's share is turned round.
        ("中方占51%", 49),
        ("Chinese partner holds 51%", 49),
        ("51% held by the Chinese partner", 49),
        ("our Chinese partner 70/30 JV", 30),
        # Beside the side of a country's people "we" are the other side.
        ("韩方六成，我们四成", 60),
        ("新加坡人要五十一，我们四十九", 51),
        ("Joint company in Changsha, exactly half each", 50),
        # What is taken of each sale is no share.
        ("我们抽一成", None),
        ("we take 0.5% each time", None),
        ("we get 30% of every ticket", None),
        # Wholly owned is 100.
        ("a WFOE", 100),
        ("wholly owned subsidiary", 100),
        ("外商独资", 100),
        ("全资子公司", 100),
        # Nothing said, no foreign share, or more than one thing said.
        ("a business", None),
        ("合资公司", None),
        ("30% or 40%", None),
        ("49/51 JV", None),
        ("60% of revenue", None),
        ("20% off", None),
        ("foreign 150%", None),
        ("0% foreign", None),
    ],
)
def test_share_in_the_text(read: Read, text: str, share: float | None) -> None:
    proposal = read(text)
    assert proposal.share == share
    if share is not None:
        assert proposal.foreign_share is not None
        assert proposal.foreign_share.taken_from == "text"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a WFOE", "wholly_foreign_owned"),
        ("a wholly Swiss-owned clinic", "wholly_foreign_owned"),
        ("一所学校，全部由英国集团出资", "wholly_foreign_owned"),
        ("a fully American car plant", "wholly_foreign_owned"),
        ("car plant in Lingang, fully American", "wholly_foreign_owned"),
        ("a purely Singaporean futures broker", "wholly_foreign_owned"),
        ("pastry academy, all Macau money", "wholly_foreign_owned"),
        ("shareholders are all Korean", "wholly_foreign_owned"),
        ("养猪设备厂，股东全是新加坡人", "wholly_foreign_owned"),
        ("资金全部来自泰国", "wholly_foreign_owned"),
        ("手套厂，纯马来西亚资本", "wholly_foreign_owned"),
        ("a clinic with a purely French staff", None),
        ("an entirely Thai menu", None),
        ("wholly Italian ingredients", None),
        ("all Swiss watches are repaired", None),
        ("居酒屋，员工全是日本人", None),
        ("股东是德国人和本地人", None),
        ("股东都是德国公司和中国公司", None),
        # After all shares are bought nobody else holds any: an acquisition of everything.
        ("德国公司全资收购一家泵厂", "acquisition"),
        ("要买下台州一家模具企业的全部股权", "acquisition"),
        ("take over all shares of a furniture maker", "acquisition"),
        ("诊所，设备全部由德国进口", None),
        ("独资", "wholly_foreign_owned"),
        ("100% foreign", "wholly_foreign_owned"),
        ("a joint venture", "joint_venture"),
        ("中外合资", "joint_venture"),
        ("a limited partnership", "partnership"),
        ("合伙企业", "partnership"),
        ("acquisition of a company", "acquisition"),
        ("并购", "acquisition"),
        ("through a VIE", "contractual_control"),
        ("协议控制", "contractual_control"),
        ("a WFOE with a VIE structure", "contractual_control"),
        ("个体工商户", "sole_proprietorship"),
        ("sole trader", "sole_proprietorship"),
        ("个人独资企业", "sole_proprietorship"),
        ("境外上市", "offshore_listing"),
        ("a business", None),
    ],
)
def test_form_in_the_text(read: Read, text: str, form: str | None) -> None:
    assert read(text).form_name == form


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("controlled by the Chinese partner", True),
        ("中方控股", True),
        ("we take a majority stake", False),
        ("外方控股", False),
        ("中方控股或外方控股", None),
        ("a business", None),
    ],
)
def test_control_in_the_text(read: Read, text: str, control: bool | None) -> None:
    assert read(text).controlled_by_chinese is control


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("a Hong Kong company", "HK"),
        ("港资", "HK"),
        ("澳门投资者", "MO"),
        ("台商", "TW"),
        ("German investor", "DE"),
        ("德国公司", "DE"),
        ("日资", "JP"),
        ("港资和德资", None),
        ("日方占51%", "JP"),
        ("由德方出资的机床厂", "DE"),
        ("剩下的都是台方", "TW"),
        ("港人想去前海開安老院舍", "HK"),
        ("本港一間電訊商", "HK"),
        ("星洲基金持三成", "SG"),
        ("上海港资企业", "HK"),
        ("香港股东七成", "HK"),
        ("Two Berliners plan a studio", "DE"),
        ("Kuwaitis acquiring a tank farm", "KW"),
        ("the rest is Toronto's", "CA"),
        ("Germany's third largest brewer", "DE"),
        ("investors from Sofia", "BG"),
        ("a Bristol wheel maker", "GB"),
        ("我是汉堡人，做咖啡机", "DE"),
        ("敝公司設於台中，做螺絲", "TW"),
        # Other words that hold a short name, and places that name nobody.
        ("今日方可开业的超市", None),
        ("一台方便面机器", None),
        ("电商平台商家入驻", None),
        ("电商平台企业", None),
        ("卫星资料处理", None),
        ("医美企业管理", None),
        ("合法资金证明代办", None),
        ("日本港口机械厂", "JP"),
        ("基本港口拖轮", None),
        ("五星洲际酒店", None),
        ("货轮进港人员的代办", None),
        ("帮港人跑腿的公司", None),
        ("汉堡加盟店", None),
        ("a Sofia plush toy shop", None),
        ("Macau's neighbour Zhuhai", None),
        ("turkeys on a farm", None),
        ("在内蒙古开矿", None),
        ("an Inner Mongolian ranch", None),
        ("蒙古公司在内蒙古开矿", "MN"),
        ("a business", None),
    ],
)
def test_origin_in_the_text(read: Read, text: str, origin: str | None) -> None:
    found = read(text).investor_origin
    assert (found.value.code if found else None) == origin


@pytest.mark.parametrize(
    ("given", "origin"),
    [("HK", "HK"), ("hk", "HK"), (" de ", "DE"), ("German", "DE"), ("德国", "DE"), ("France", "FR")],
)
def test_origin_as_a_field(read: Read, given: str, origin: str) -> None:
    found = read(investor_origin=given).investor_origin
    assert found is not None
    assert (found.value.code, found.taken_from) == (origin, "field")


def test_a_place_in_the_text(read: Read) -> None:
    found = read("a call centre in Lingang").location
    assert found is not None
    assert (found.value.place.id, found.taken_from, found.words) == ("zone/lingang", "text", "Lingang")
    assert read("a call centre in China").location is None


@pytest.mark.parametrize(
    ("text", "field", "value", "attribute"),
    [
        ("60%", "foreign_share", 30, "share"),
        ("a WFOE", "foreign_share", 30, "share"),
        ("a joint venture", "form", "partnership", "form_name"),
        ("中方控股", "chinese_control", False, "controlled_by_chinese"),
    ],
)
def test_a_field_wins_over_the_text(read: Read, text: str, field: str, value: Any, attribute: str) -> None:
    proposal = read(text, **{field: value})
    assert getattr(proposal, attribute) == value
    assert getattr(proposal, field).taken_from == "field"


def test_place_and_origin_given_win_over_the_text(read: Read) -> None:
    proposal = read("a Hong Kong company in Wuhan", location="Shanghai FTZ", investor_origin="DE")
    assert proposal.location is not None
    assert proposal.investor_origin is not None
    assert proposal.location.value.place.id == "zone/ftz-shanghai"
    assert proposal.investor_origin.value.code == "DE"


def test_what_follows_from_a_field_is_called_derived(read: Read) -> None:
    by_form, by_share = read(form="wholly_foreign_owned"), read(foreign_share=100)
    assert by_form.foreign_share is not None
    assert by_share.form is not None
    assert (by_form.share, by_form.foreign_share.taken_from) == (100, "derived")
    assert (by_share.form_name, by_share.form.taken_from) == ("wholly_foreign_owned", "derived")


def test_the_day(read: Read, engine: Engine, today: date) -> None:
    by_default, given = read().as_of, read(as_of=engine.catalogue.first_day).as_of
    assert by_default is not None
    assert given is not None
    assert (by_default.value, by_default.taken_from) == (today, "default")
    assert (given.value, given.taken_from) == (engine.catalogue.first_day, "field")


def test_a_day_before_the_first_list_is_too_early(read: Read, engine: Engine) -> None:
    first = engine.catalogue.first_day
    with pytest.raises(TooEarly) as caught:
        read(as_of=first - timedelta(days=1))
    assert (caught.value.field, caught.value.code, caught.value.first) == ("as_of", "too_early", first)
    assert first.isoformat() in caught.value.detail


@pytest.mark.parametrize(
    ("text", "fields", "field", "code", "nearest"),
    [
        ("", {}, "activity", "required", None),
        (" \n\u3000", {}, "activity", "required", None),
        ("a" * (MAX_TEXT + 1), {}, "activity", "too_long", None),
        ("x", {"location": "Shangai"}, "location", "unknown_place", "Shanghai"),
        ("x", {"investor_origin": "Germny"}, "investor_origin", "unknown_origin", "Germany"),
        (
            "",
            {"activity_ids": ("telecom/internet-data-center",)},
            "activity_ids",
            "unknown_id",
            "telecom/internet-data-centre",
        ),
        ("", {"telecom_categories": ("B111",)}, "telecom_categories", "unknown_id", "B11"),
    ],
)
def test_what_cannot_be_read_is_refused(
    read: Read, text: str, fields: dict[str, Any], field: str, code: str, nearest: str | None
) -> None:
    with pytest.raises(ProposalError) as caught:
        read(text, **fields)
    assert (caught.value.field, caught.value.code, caught.value.nearest) == (field, code, nearest)
    assert str(caught.value).startswith(f"{field}: ")


def test_the_longest_text_allowed_is_read(read: Read) -> None:
    assert len(read("a" * MAX_TEXT).text) == MAX_TEXT


def test_ids_stand_without_a_text(read: Read) -> None:
    assert read("", telecom_categories=("B25",)).telecom_categories == ("B25",)


@pytest.mark.parametrize(
    "text",
    [
        "hospital, no Chinese shareholder", "hospital, not a joint venture", "hospital, all of it is ours",
        "hospital, we go it alone", "acquire the entire hospital", "医院，不合资", "医院，没有中方股东", "全资收购一家医院",
        "醫院，唔使合資",
    ],
)  # fmt: skip
def test_nobody_else_holds_shares(read: Read, text: str) -> None:
    share = read(text).foreign_share
    assert share is not None
    assert share.value == 100


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("we would be the majority shareholder", 50, 100),
        ("with us in control", 50, 100),
        ("控制权在外方", 50, 100),
        ("as a minority owner", 0, 50),
        ("a non-controlling stake", 0, 50),
        ("the majority stays Chinese", 0, 50),
        ("控股权在中方", 0, 50),
        ("国企控股", 0, 50),
    ],
)
def test_who_has_the_larger_part(read: Read, text: str, low: float, high: float) -> None:
    share = read(text).foreign_share
    assert share is not None
    assert (share.value.low, share.value.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("one Kuala Lumpur lender with 20%", True),
        ("a single Nairobi estate holds 25%", True),
        ("a lone Osaka firm holding 49%", True),
        ("an Aarhus company, sole foreign bidder, with 45%", True),
        ("a single investor, based in Singapore, with 25%", True),
        ("唯一的外方股东持股三成", True),
        ("一間香港電影公司佔四分之一", True),
        ("维也纳的一家索道公司占三分之一", True),
        ("慕尼黑的一家机械厂持股49%", True),
        ("several foreign investors hold 49%", False),
        ("one German fund and one French fund, 20% each", False),
        ("一家德国公司和一家法国公司各占20%", False),
        ("两家德国公司各占20%", False),
        ("外资占49%，一家中国公司占51%", False),
    ],
)
def test_one_investor_from_abroad(read: Read, text: str, one: bool) -> None:
    assert read(text).one_investor is one
