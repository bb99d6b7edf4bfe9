"""What the words around a label make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from negative_list.determination import Determination

COFFEE, CINEMA, HOSPITAL = "hospitality/coffee-shops", "media/cinema", "health/hospital"
GAMES, VIDEO, NEWS = "internet/online-games-operation", "internet/online-video", "internet/internet-news-information"
SHORT_VIDEO, ROBOTS, SOFTWARE = "internet/short-video", "manufacturing/industrial-robots", "software/app-development"
EQUIPMENT, CAPTIVE, ABROAD = (
    "manufacturing/equipment",
    "business/captive-shared-service-centre",
    "internet/service-for-users-abroad",
)

Named = Callable[[str], set[str]]
FURNITURE = "manufacturing/furniture"


@pytest.fixture(scope="module")
def named(determine: Callable[..., Determination]) -> Named:
    def answer(text: str) -> set[str]:
        return {verdict.activity.id for verdict in determine(text).verdicts}

    return answer


@pytest.mark.parametrize(
    ("text", "kept", "excluded"),
    [
        ("coffee shop, no online games", {COFFEE}, {GAMES}),
        ("coffee shop without online games", {COFFEE}, {GAMES}),
        ("coffee shop, other than online games", {COFFEE}, {GAMES}),
        ("咖啡店，不做网络游戏", {COFFEE}, {GAMES}),
        ("咖啡店，不涉及网络游戏", {COFFEE}, {GAMES}),
        # What is joined to an excluded label is excluded with it.
        ("coffee shop without online games or online video", {COFFEE}, {GAMES, VIDEO}),
        ("coffee shop, no online games and online video", {COFFEE}, {GAMES, VIDEO}),
        ("coffee shop without online games or online video or internet news", {COFFEE}, {GAMES, VIDEO, NEWS}),
        ("coffee shop, no online games, online video or internet news", {COFFEE}, {GAMES, VIDEO, NEWS}),
        ("coffee shop, no news, games or video", {COFFEE}, {NEWS, "ambiguous/games", "ambiguous/video"}),
        ("咖啡店，不做网络游戏或网络视频", {COFFEE}, {GAMES, VIDEO}),
        ("咖啡店，不做网络游戏、网络视频和互联网新闻", {COFFEE}, {GAMES, VIDEO, NEWS}),
        ("不做新闻、游戏和视频，只开咖啡店", {COFFEE}, {NEWS, "ambiguous/games", "ambiguous/video"}),
        # A list that does not end in "or", a comma before "and", another clause: there the exclusion ends.
        ("coffee shop, no online games, online video", {COFFEE, VIDEO}, {GAMES}),
        ("coffee shop, no online games, and online video", {COFFEE, VIDEO}, {GAMES}),
        ("coffee shop, no online games, but online video", {COFFEE, VIDEO}, {GAMES}),
        ("coffee shop; no online games; online video", {COFFEE, VIDEO}, {GAMES}),
        # A colon after the negation begins a list, which ends with its sentence.
        ("coffee shop. Out of scope: online games, online video. A cinema as well.", {COFFEE, CINEMA}, {GAMES, VIDEO}),
        ("coffee shop. Excluded: online games, but online video", {COFFEE, VIDEO}, {GAMES}),
        ("开咖啡店。不涉及：网络游戏，网络视频。", {COFFEE}, {GAMES, VIDEO}),
        ("咖啡店，不做网络游戏，做网络视频", {COFFEE, VIDEO}, {GAMES}),
        ("no coffee shop, online games", {GAMES}, {COFFEE}),
        # A negation reaches a few words, and not into another clause.
        ("no new and big cinema", set(), {CINEMA}),
        ("no debts that burden our own cinema", {CINEMA}, set()),
        ("no debts, cinema", {CINEMA}, set()),
        # Turned back.
        ("not only a coffee shop but online games", {COFFEE, GAMES}, set()),
        ("no longer just a coffee shop", {COFFEE}, set()),
        ("咖啡店，不仅做网络游戏", {COFFEE, GAMES}, set()),
    ],
)
def test_what_a_negation_excludes(
    determine: Callable[..., Determination], text: str, kept: set[str], excluded: set[str]
) -> None:
    found = determine(text)
    assert {verdict.activity.id for verdict in found.verdicts} == kept
    assert set(found.excluded) == excluded


@pytest.mark.parametrize(
    "text",
    [
        "coffee shop, online games excluded",
        "coffee shop, online games are excluded",
        "coffee shop; online games are not included",
        "咖啡店，网络游戏除外",
        "咖啡店，网络游戏不做",
        "咖啡店，网络游戏一概不做",
    ],
)
def test_words_behind_a_label_exclude_it(determine: Callable[..., Determination], text: str) -> None:
    found = determine(text)
    assert [verdict.activity.id for verdict in found.verdicts] == [COFFEE]
    assert found.excluded == (GAMES,)


@pytest.mark.parametrize("text", ["咖啡店，网络游戏不涉及充值", "咖啡店，网络游戏一律不收费"])
def test_what_is_not_done_to_something_does_not_exclude_it(determine: Callable[..., Determination], text: str) -> None:
    assert determine(text).excluded == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("咖啡店，网络游戏、公文一律不做", {COFFEE}),
        ("咖啡店，网络游戏、网络视频、公文一律不做", {COFFEE}),
        ("我们开咖啡店、网络游戏一律不做", {COFFEE}),
    ],
)
def test_words_behind_a_chinese_list_exclude_all_of_it(named: Named, text: str, kept: set[str]) -> None:
    assert named(text) == kept


def test_words_behind_exclude_only_the_label_beside_them(named: Named) -> None:
    assert named("coffee shop and online games, online video excluded") == {COFFEE, GAMES}
    assert named("coffee shop and online games, excluded") == {COFFEE, GAMES}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("robots for hospitals", {EQUIPMENT}),
        ("industrial robots sold to hospitals", {ROBOTS}),
        ("robots for the large hospitals", {EQUIPMENT}),
        ("robots for cinemas", {EQUIPMENT}),
        ("给医院供应机器人", {ROBOTS}),
        ("为医院生产机器人", {ROBOTS}),
        ("management consulting for banks", {"business/management-consulting"}),
        # Beside the customers, or in another clause, the business is named by itself.
        ("robots, and a hospital", {ROBOTS, HOSPITAL}),
        ("robots for hospitals, and a hospital of our own", {ROBOTS, HOSPITAL}),
        ("robots for hospitals and a hospital of our own", {ROBOTS, HOSPITAL}),
        # What patients play is no hospital of the investor's.
        ("online games for hospitals", {GAMES}),
    ],
)
def test_customers_do_not_count(named: Named, text: str, kept: set[str]) -> None:
    assert named(text) == kept


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("software for cinemas", SOFTWARE),
        ("software for running cinemas", SOFTWARE),
        ("online game plug-ins", SOFTWARE),
        ("seats for cinemas", FURNITURE),
        ("cinema furniture", EQUIPMENT),
        ("furniture for kindergartens", EQUIPMENT),
        ("furniture for new private kindergartens", EQUIPMENT),
        ("幼儿园用品", EQUIPMENT),
        ("consulting on cinemas", "business/management-consulting"),
        ("cinema consulting", "business/management-consulting"),
        ("cleaning of hospitals", "business/office-cleaning"),
        ("interior design of cinemas", "construction/interior-design"),
        ("幼儿园室内设计", "construction/interior-design"),
        ("staff training for cinemas", "education/corporate-training"),
        ("recruitment for cinemas", "finance/hr-services"),
        # What is joined to the label plays the same part.
        ("seats for hospitals and cinemas", EQUIPMENT),
        ("furniture for kindergartens, and seats for cinemas", FURNITURE),
    ],
)
def test_a_role_turns_a_label_into_another_business(named: Named, text: str, becomes: str) -> None:
    assert named(text) == {becomes}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # Another clause, too many words between, or something that parts the two.
        ("screens for, say, cinemas", CINEMA),
        ("seats for those who visit our new private cinema", CINEMA),
        ("seats for guests in our cinema", CINEMA),
        ("seats and a cinema", CINEMA),
        ("cinema with seats", CINEMA),
        # To operate something is the stricter reading.
        ("online game operation plug-ins", GAMES),
        ("consulting for online game operators", GAMES),
    ],
)
def test_where_no_role_is_played(named: Named, text: str, kept: str) -> None:
    assert kept in named(text)


@pytest.mark.parametrize("text", ["a casino", "casino software", "software for casinos", "赌场软件", "赌场家具"])
def test_what_is_barred_to_everybody_takes_no_role(determine: Callable[..., Determination], text: str) -> None:
    found = determine(text)
    assert found.undetermined is not None
    assert found.undetermined.question == "barred_to_all"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("sell our own clothes on Douyin", "trade/clothing-goods"),
        ("store on Taobao", "ecommerce/own-online-shop"),
        ("WeChat store", "ecommerce/own-online-shop"),
        ("在抖音上开店", "ecommerce/own-online-shop"),
        ("在抖音上投广告", "advertising/social-media-marketing"),
        ("Douyin ads", "advertising/social-media-marketing"),
        ("advertising campaigns on Douyin", "advertising/advertising-agency"),
        # Modelled on a brand: the business of the brand itself.
        ("a platform modelled on Douyin", SHORT_VIDEO),
        ("an app patterned on Douyin", SHORT_VIDEO),
        ("对标抖音的平台", SHORT_VIDEO),
        ("operate Douyin", SHORT_VIDEO),
        # Only a brand is a place to sell on: what kind of app it is says what is run.
        ("ads on short video apps", SHORT_VIDEO),
        ("selling on short video apps", SHORT_VIDEO),
    ],
)
def test_what_is_done_with_a_brand(named: Named, text: str, kept: str) -> None:
    assert kept in named(text)
    assert (SHORT_VIDEO in named(text)) is (kept == SHORT_VIDEO)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("data centre for our own use", {CAPTIVE}),
        ("data centre, for internal use", {CAPTIVE}),
        ("news site for our employees only", {CAPTIVE}),
        ("an online video service, not open to the public", {CAPTIVE}),
        ("数据中心，仅供内部使用", {CAPTIVE}),
        ("data centre for others", {"telecom/internet-data-centre"}),
        ("数据中心，对外服务", {"telecom/internet-data-centre"}),
        # Only what is digital can be one's own affair.
        ("cinema for our employees only", {CINEMA}),
        ("data centre for internal use, and a cinema", {CAPTIVE, CINEMA}),
    ],
)
def test_internal_use(named: Named, text: str, kept: set[str]) -> None:
    assert named(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("online games only for overseas users", {ABROAD}),
        ("online games, not available in China", {ABROAD}),
        ("app store, no users in China", {ABROAD}),
        ("网络游戏，仅面向海外", {ABROAD}),
        ("只面向境外的网络游戏", {ABROAD}),
        ("SaaS exclusively for users abroad", {ABROAD}),
        ("online games for overseas users and Chinese users", {GAMES}),
        ("网络游戏，面向海外", {GAMES}),
        # Where the machines stand counts, not who uses them; and a shop serves whoever comes.
        ("data centre only for overseas users", {"telecom/internet-data-centre"}),
        ("coffee shop only for overseas users", {COFFEE}),
    ],
)
def test_users_abroad_only(named: Named, text: str, kept: set[str]) -> None:
    assert named(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "a Chinese company buys a coffee chain in Germany",
        "a Chinese fund invests in a German robot maker",
        "a Chinese hotel chain expands to Thailand",
        "a Chinese company sets up a coffee shop in Berlin",
        "a Shanghai company opens a cinema in London",
        "open a coffee shop in Germany",
        "cinema in London",
        "中国企业收购德国咖啡连锁店",
        "中国基金投资德国机器人公司",
        "中国公司赴泰国建厂",
        "国企在德国开设咖啡店",
        "江苏的光伏企业在越南建厂",
        "在德国开咖啡店",
        "中国公司把货卖光，到越南建厂",
    ],
)
def test_an_investment_abroad_is_no_question_for_the_lists(determine: Callable[..., Determination], text: str) -> None:
    undetermined = determine(text).undetermined
    assert undetermined is not None
    assert (undetermined.reason, undetermined.question) == ("not_an_investment_question", "outbound")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a German company opens a coffee shop in Shanghai", COFFEE),
        ("a German company based in Berlin opens a coffee shop in China", COFFEE),
        ("a London company opens a cinema in Shanghai", CINEMA),
        ("a cinema company based in London", CINEMA),
        ("a cinema, half owned by us in Prague and half by a company from Hefei", CINEMA),
        ("an overseas company acquires a Chinese coffee chain", COFFEE),
        ("a German company buys a coffee shop from a Chinese company", COFFEE),
        ("coffee shop in German hands", COFFEE),
        ("德国公司在上海开咖啡店", COFFEE),
        ("我们在德国，想在中国开咖啡店", COFFEE),
        ("总部在伦敦的公司开电影院", CINEMA),
        ("德国公司收购中国咖啡连锁店", COFFEE),
        # Where goods go, or a route ends, nothing is set up.
        ("自建独立站，卖宠物零食到德国", "trade/food-goods"),
        ("国际包裹快递，深圳到洛杉矶", "transport/international-express"),
        ("在大连成立独资公司，为日本的保险公司做单据录入", "data/data-processing"),
        ("coffee shops in Berlin and Shanghai", COFFEE),
    ],
)
def test_an_investment_into_china(determine: Callable[..., Determination], text: str, kept: str) -> None:
    found = determine(text)
    assert found.undetermined is None
    assert kept in {verdict.activity.id for verdict in found.verdicts}


@pytest.mark.parametrize("word", ["online games", "online video", "hospital", "coffee shop", "网络游戏", "医院"])
def test_what_is_excluded_never_makes_an_answer_stricter(determine: Callable[..., Determination], word: str) -> None:
    def strictness(text: str) -> Any:
        return determine(text).status

    assert strictness(f"furniture factory, no {word}") == strictness("furniture factory")
    assert strictness(f"家具厂，不做{word}") == strictness("家具厂")
