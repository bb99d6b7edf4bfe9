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
