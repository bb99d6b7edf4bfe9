"""The day whose law a text asks about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.days import AskedDay, day_in
from negative_list.text import fold

FIRST = date(2017, 7, 28)
TODAY = date(2026, 11, 23)
PAST = st.dates(FIRST, TODAY - timedelta(days=1))
MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip


def asked(text: str) -> AskedDay | None:
    return day_in(fold(text), FIRST, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # A year or a month stands for its last day.
        ("a game company in 2019", "2019-12-31"),
        ("was this allowed back in 2018?", "2018-12-31"),
        ("during 2019", "2019-12-31"),
        ("二零二零年的时候能做吗", "2020-12-31"),
        ("按二〇一九年的规定", "2019-12-31"),
        ("喺2021年2月嗰陣，可唔可以獨資", "2021-02-28"),
        ("如果係2020年六月申請", "2020-06-30"),
        ("at the end of 2021", "2021-12-31"),
        ("in March 2020", "2020-03-31"),
        ("in Feb 2020", "2020-02-29"),
        ("in Sept. 2020", "2020-09-30"),
        ("in December 2020", "2020-12-31"),
        ("under the 2019 negative list", "2019-12-31"),
        ("the 2018 edition", "2018-12-31"),
        ("what the law of 2020 says", "2020-12-31"),
        ("2019年能开游戏公司吗", "2019-12-31"),
        ("2020年6月的规定", "2020-06-30"),
        ("2020年12月时", "2020-12-31"),
        ("2019年版负面清单", "2019-12-31"),
        ("按照2018年规定", "2018-12-31"),
        ("数据中心，截至2021年12月", "2021-12-31"),
        # A day stands for itself.
        ("as of 1 July 2021", "2021-07-01"),
        ("as of the 1st of July 2021", "2021-07-01"),
        ("as of July 1st, 2021", "2021-07-01"),
        ("as of 2020-06-30", "2020-06-30"),
        ("was it lawful on 15.06.2021?", "2021-06-15"),
        ("by the law of the twenty-third of July 2020", "2020-07-23"),
        ("back on the first of August 2019", "2019-08-01"),
        ("想知道2021年12月27日那天能不能投资", "2021-12-27"),
        ("按二〇一九年七月三十日的规定", "2019-07-30"),
        ("去年三月时能不能投资", "2025-03-31"),
        ("2020年6月30日的规定", "2020-06-30"),
        ("2020年6月30号时", "2020-06-30"),
        # "Before" a period is the day before it begins.
        ("before 2019", "2018-12-31"),
        ("pre-2020", "2019-12-31"),
        ("prior to 1 July 2021", "2021-06-30"),
        ("until March 2020", "2020-02-29"),
        ("2021年以前", "2020-12-31"),
        ("2021年前", "2020-12-31"),
        ("2021年7月之前", "2021-06-30"),
        ("2021年12月31日以前", "2021-12-30"),
    ],
)
def test_a_day_that_is_asked_about(text: str, day: str) -> None:
    found = asked(text)
    assert found is not None
    assert found.day.isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "a coffee shop",
        # The history of a company.
        "founded in 2018",
        "a company established in 2019",
        "our shop opened in 2018",
        "registered on 1 July 2021",
        "listed on Nasdaq in 2019",
        "we have been operating in China in 2020",
        "since 2018",
        "2019年成立",
        "成立于2019年",
        "我们在2019年注册",
        "自2019年经营至今",
        "2019年起",
        "2018年以来",
        "2019年5月开业",
        "2020年获得许可证",
        # Plans.
        "we plan to start in 2027",
        "计划2019年",
        "拟于2025年设立",
        "2028年开业",
        # Days to come, and today itself.
        "as of 2030",
        "in 2026",
        "on 23 November 2026",
        "2026年11月23日的规定",
        # Before the first list that is held.
        "in 2012",
        "before 2013",
        "2016年的规定",
        # No such day.
        "on 31 February 2020",
        "as of 2020-13-45",
        "2020年2月30日的规定",
        "2020年13月的规定",
        # Numbers that are no years.
        "costs 2020.5 yuan",
        "in 20199",
        "in 2020%",
        "revenue of 2020 yuan",
    ],
)
def test_no_day_is_asked_about(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    "text", ["in 2018 or in 2020", "before 2019 and as of 1 July 2021", "2018年和2020年的规定", "2018年版，2021年以前"]
)
def test_of_several_days_none_is_taken(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("founded in 2018, as of 1 July 2021", "2021-07-01"),
        ("2018年成立，2021年版清单", "2021-12-31"),
        ("as of 1 July 2021, with an opening in 2031", "2021-07-01"),
    ],
)
def test_days_that_are_not_asked_about_do_not_count_as_several(text: str, day: str) -> None:
    found = asked(text)
    assert found is not None
    assert found.day.isoformat() == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a game company, as of 1 July 2021, in Wuhan", "as of 1 july 2021"),
        ("prior to 2019 and not later", "prior to 2019"),
        ("under the 2019 negative list", "under the 2019"),
        ("the 2018 edition", "2018"),
        ("在2021年7月以前的游戏公司", "2021年7月以前"),
        ("截至2021年12月的规定", "2021年12月"),
    ],
)
def test_the_words_that_ask(text: str, words: str) -> None:
    folded, found = fold(text), asked(text)
    assert found is not None
    assert folded[found.start : found.end] == words


@given(PAST)
def test_every_past_day_is_read_in_every_form(day: date) -> None:
    month = MONTHS[day.month - 1]
    texts = (
        f"as of {day.isoformat()}",
        f"as of {day.day} {month} {day.year}",
        f"as of {month[:3]} {day.day}, {day.year}",
        f"截至{day.year}年{day.month}月{day.day}日",
    )
    assert [found and found.day for found in map(asked, texts)] == [day] * len(texts)


@given(PAST)
def test_before_a_day_is_the_day_before(day: date) -> None:
    expected = None if day == FIRST else day - timedelta(days=1)
    texts = (f"before {day.isoformat()}", f"{day.year}年{day.month}月{day.day}日之前")
    assert [found and found.day for found in map(asked, texts)] == [expected] * len(texts)


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)), PAST, PAST)
def test_only_days_held_and_past_are_taken(day: date, first: date, today: date) -> None:
    found = day_in(f"as of {day.isoformat()}", first, today)
    assert (found is not None) is (first <= day < today)


# What strangers write, each with the day whose law it asks, or none.
WRITTEN = r"""
2018-12-31 | 2018年底签的影院项目，外方52%，当时的清单允许吗
2018-10-31 | For an old file: October 2018, a Japanese group set up a kindergarten chain. Was it OK under the list of that time?
2023-05-31 | in May 2023 a Dane bought 60% of a rice breeder, was that allowed at the time?
2019-12-31 | Back in 2019 we set up a call centre in Wuhan. Lawful?
2019-12-31 | 民國108年的規定下，台商可以開戲院嗎
2020-06-30 | as of 30 June\n2020, a telecom firm
2020-03-31 | 我们2020年3月在武汉设立了外资影院，按那时候的清单合法吗
2019-12-31 | 2019年成立的外资人才中介，按当年的负面清单可以100%吗
2018-06-30 | our file says the seed company was founded in June 2018. Did the rules then permit 60%?
2021-12-31 | which list applied in 2021 to tobacco wholesale?
2022-12-31 | the deal closed in 2022; check the law in force then
2019-07-30 | signed on 30 July 2019 - was a foreign majority in a gas network legal at that date?
2020-12-31 | 2020年那会儿外资能控股证券公司吗
2018-12-31 | 倒回2018年，外资做加油站连锁行不行
2021-08-31 | 2021年8月签约的教培项目，当时是否允许
2022-01-31 | 回溯：2022年1月外资整车制造的股比要求
2018-12-31 | was it legal in 2018 for a German to own 100% of a car plant
2019-12-31 | What did the list say about ferries in 2019?
2020-12-31 | Could foreigners run a cinema chain in 2020?
2023-12-31 | Were foreign hospitals permitted in 2023
2018-07-28 | 按2018年7月28日施行的清单，外资幼儿园
2020-07-23 | law on 23 July 2020 please: pension insurer with 100% foreign shares
2018-05-31 | historic question, May 2018: bank with 30% foreign
2019-12-31 | Sachverhalt of 2019: foreign survey firm, at the time OK?
2017-12-31 | in late 2017 we bought a news site; was that permitted back then?
2021-09-30 | 2021年9月的时候，外资可以做民办高中吗
2018-12-31 | 依2018年當時的規定，外資可以控股航空公司嗎
none | founded in 2015 we now want to open a bakery in Xi'an
none | we have been running since 2019; can we open a cinema now?
none | 2019年成立的德国公司，想在武汉开影院
none | We launched the app in March 2020 and want to bring it to China
none | our 2019 budget was 2020 yuan per head
none | in 2021 we won a prize for our game; may we publish it in China?
none | 我们2022年在日本上市，现在想做中国市场
none | 2018年毕业的老板想开培训班
2019-12-31 | 2019年底收购的测绘公司，那时合法吗
2018-08-31 | Old matter: August 2018, Swiss bank took 40% of a broker. OK under the then list?
2022-11-30 | In November 2022 a Thai fund bought into a news portal, was this lawful at that time?
2020-12-31 | Back in 2020 a client opened a cinema. Was that all right?
2020-12-31 | 民國109年時，外資可否經營影院
2021-07-31 | under the rules of July\n2021: online game operator
2019-09-30 | 2019年9月成立的合资航空公司，当时的股比上限是多少
2018-12-31 | 2018年设立的外资演出场所，依当时清单是否合规
2019-03-31 | the company was registered in March 2019. Was 100% foreign permitted by the list of the day?
2020-12-31 | which rule held in 2020 for nuclear plants?
2021-12-31 | It was signed in 2021, please look at the law as it stood then
2018-08-15 | contract dated 15 August 2018, was foreign control of a shipyard allowed then?
2018-12-31 | 18年那时候外资可以做城市燃气吗
2021-12-31 | 回到2021年，外资能不能做种业
2019-06-30 | 2019年6月30日之后到年底的不算，就问2019年6月30日的清单
2022-12-31 | 2022年当时外资做汽车可以独资吗
2018-12-31 | Was a foreign-owned petrol station chain legal in 2018?
2022-12-31 | What were the rules for genetic testing in 2022?
2019-12-31 | Could a Korean firm run an oil field in 2019?
2021-12-31 | Did the 2021 list allow foreign tobacco shops?
2020-06-23 | 按照2020年6月23日公布的清单，外资做铁路客运
2019-04-01 | state of the law at 1 April 2019: exploration of oil
2018-02-28 | In Feb 2018, would a foreign majority in a life insurer have been permitted?
2020-12-31 | year 2020: were foreigners allowed to control a futures firm?
2020-12-31 | 问个历史问题，2020年外资能做管网吗
2023-12-31 | 2023 年的時候外資可以做出版嗎
2018-12-31 | 於2018年簽約之收購案，當時法規是否允許
none | established in 2018, our firm wants a call centre
none | since January 2020 we sell online; now a shop in Wuhan
none | 成立于2020年的韩国公司想开医院
none | 我们2021年拿到投资，现在想在成都开游戏公司
none | our factory opened in 2019 in Vietnam, next one in Nanning
none | shipped 2020 units in 2021, drone maker
none | In 2022 our band toured China; now we want a live house
none | 2023年营收2亿，准备做直播
none | from 2027 on we want to run a data centre
none | 2030年前建成的数据中心
"""


@pytest.mark.parametrize(("day", "text"), [line.split(" | ", 1) for line in WRITTEN.strip().splitlines()])
def test_what_strangers_write(day: str, text: str) -> None:
    found = asked(text.replace("\\n", "\n"))
    assert ("none" if found is None else found.day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("law of early 2019", "2019-01-31"),
        ("at the beginning of 2021", "2021-01-31"),
        ("in mid-2020", "2020-06-30"),
        ("2019年初的规定", "2019-01-31"),
        ("2020年上半年的规定", "2020-06-30"),
        ("as of 2020/06/30", "2020-06-30"),
        ("2020年\n6月30日的规定", "2020-06-30"),
    ],
)
def test_a_part_of_a_year_and_other_ways_to_write_a_day(text: str, day: str) -> None:
    found = asked(text)
    assert found is not None
    assert found.day.isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On New Year's Day 2022, could the French prospect for tungsten?", "2022-01-01"),
        ("2020年元旦，外资能否控股寿险公司", "2020-01-01"),
        ("looking back to the tenth of April 2019", "2019-04-10"),
        ("on the last day of 2018", "2018-12-31"),
        ("the law on the first day of June 2020", "2020-06-01"),
        ("free trade port, February 2021: could foreigners do surveys?", "2021-02-28"),
        ("Spring 2021: were foreigners allowed?", "2021-05-31"),
        ("the list in Q3 2020", "2020-09-30"),
        ("2022年第三季度的清单", "2022-09-30"),
        ("as the list read in September 2023", "2023-09-30"),
        ("the list effective from 30 July 2019", "2019-07-30"),
        ("2018's list", "2018-12-31"),
        ("二〇二四年十一月一日起的负面清单下", "2024-11-01"),
        ("自2020年7月23日起施行的清单", "2020-07-23"),
        ("民國一一三年五月的時候", "2024-05-31"),
        ("民國一百零九年十月一日當天", "2020-10-01"),
        ("民國110年7月1日，外資可否", "2021-07-01"),
        ("今年六月，外商投资数据中心受不受限", "2026-06-30"),
        ("去年十月一日，外资可否做影院", "2025-10-01"),
        # What happened then, or is planned.
        ("in 2021 thirty percent went to a Chinese fund", None),
        ("March 2020: we launched an app. Could we bring it to China?", None),
        ("the firm moved to Suzhou in 2020; can it open a cinema?", None),
        ("our spring 2021 collection", None),
        ("公司2019年就成立了，现在想进中国", None),
        ("自2020年7月起我们在上海经营", None),
        ("今年六月我们想扩店，可以吗", None),
        ("今年三月，我们公司拿到融资，可以做数据中心吗", None),
    ],
)
def test_days_by_other_names(text: str, day: str | None) -> None:
    found = asked(text)
    assert (None if found is None else found.day.isoformat()) == day
