"""How activities stand by day, place and origin, and what decides it."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negative_list.catalogue import DATA, Catalogue, Opening, load
from negative_list.determination import Engine
from negative_list.errors import DataError
from negative_list.model import Status
from negative_list.places import Gazetteer, Location
from negative_list.standing import LAGGING, Bench, Situation, Standing
from tests import held

IDC, APP, ACCESS, VPN = (
    f"telecom/{name}" for name in ("internet-data-centre", "app-store", "internet-access-end-users", "ip-vpn")
)
OPEN, RESTRICTED, PROHIBITED = Status.OPEN, Status.RESTRICTED, Status.PROHIBITED

# Activity, day, place, origin, certified; status, largest foreign share, and an entry or list that decides.
TABLE: list[tuple[str, str, str | None, str | None, bool | None, Status, float | None, str]] = [
    ("telecom/call-centre", "2019-07-29", None, None, None, RESTRICTED, 0, "cn/national/2018/25"),
    ("telecom/call-centre", "2019-07-30", None, None, None, OPEN, 100, "cn/national/2019/20"),
    ("telecom/call-centre", "2018-07-29", "Tianjin FTZ", None, None, RESTRICTED, 0, "cn/ftz/2017"),
    ("telecom/call-centre", "2018-07-30", "Tianjin FTZ", None, None, OPEN, 100, "cn/ftz/2018/23"),
    (
        "telecom/call-centre",
        "2018-07-28",
        "zone/ftz-shanghai-original",
        None,
        None,
        OPEN,
        100,
        "cn/pilot/shanghai-vats-2014",
    ),
    ("telecom/call-centre", "2018-07-28", None, "HK", True, OPEN, 100, "cn/treaty/cepa-2016"),
    ("telecom/operating-e-commerce", "2017-07-28", None, None, None, OPEN, 100, "cn/national/2017/restricted-21"),
    ("media/publication-printing", "2024-10-31", None, None, None, RESTRICTED, 49, "cn/national/2021/6"),
    ("media/publication-printing", "2024-11-01", None, None, None, OPEN, 100, "cn/national/2024"),
    ("media/publication-printing", "2019-07-29", "Shanghai FTZ", None, None, RESTRICTED, 49, "cn/ftz/2018/8"),
    ("media/publication-printing", "2019-07-30", "Shanghai FTZ", None, None, OPEN, 100, "cn/ftz/2019"),
    ("media/publication-printing", "2019-07-30", "Shanghai", None, None, RESTRICTED, 49, "cn/national/2019/6"),
    ("manufacturing/cars", "2021-12-31", None, None, None, RESTRICTED, 50, "cn/national/2020/8"),
    ("manufacturing/cars", "2022-01-01", None, None, None, OPEN, 100, "cn/national/2021"),
    ("manufacturing/electric-vehicles", "2018-07-28", None, None, None, OPEN, 100, "cn/national/2018"),
    ("manufacturing/commercial-vehicles", "2019-12-31", None, None, None, RESTRICTED, 50, "cn/national/2019/9"),
    ("manufacturing/commercial-vehicles", "2020-07-23", None, None, None, OPEN, 100, "cn/national/2020"),
    ("finance/futures-company", "2019-12-31", None, None, None, RESTRICTED, 51, "cn/national/2019/23"),
    ("finance/futures-company", "2020-01-01", None, None, None, OPEN, 100, "cn/national/2019"),
    ("culture/performance-agency", "2019-07-29", None, None, None, RESTRICTED, 49, "cn/national/2018/47"),
    ("culture/performance-agency", "2019-07-30", None, None, None, OPEN, 100, "cn/national/2019"),
    ("culture/performance-agency", "2018-07-30", "Hubei FTZ", None, None, OPEN, 100, "cn/ftz/2018"),
    ("culture/performing-troupes", "2026-11-23", None, None, None, PROHIBITED, 0, "cn/national/2024/29"),
    ("culture/performing-troupes", "2026-11-23", "Shanghai FTZ", None, None, RESTRICTED, 49, "cn/ftz/2021/27"),
    (
        "culture/performing-troupes",
        "2026-11-23",
        "outside the Shanghai FTZ",
        None,
        None,
        PROHIBITED,
        0,
        "cn/national/2024/29",
    ),
    (
        "culture/performing-troupes",
        "2026-11-23",
        "area/tongzhou-culture",
        None,
        None,
        RESTRICTED,
        49,
        "cn/adjustment/beijing-2021",
    ),
    ("research/market-survey", "2021-12-31", "Shanghai FTZ", None, None, RESTRICTED, None, "cn/ftz/2020/16"),
    ("research/market-survey", "2022-01-01", "Shanghai FTZ", None, None, OPEN, 100, "cn/ftz/2021"),
    ("research/market-survey", "2022-01-01", "Shanghai", None, None, RESTRICTED, None, "cn/national/2021/17"),
    ("research/social-survey", "2022-01-01", "Shanghai FTZ", None, None, RESTRICTED, 33, "cn/ftz/2021/14"),
    (IDC, "2024-10-22", "Shenzhen", None, None, RESTRICTED, 0, "cn/national/2021/14"),
    (IDC, "2024-10-23", "Shenzhen", None, None, OPEN, 100, "cn/pilot/vats-2024/data-centres"),
    (IDC, "2024-10-23", "Qianhai", None, None, OPEN, 100, "cn/pilot/vats-2024/data-centres"),
    (IDC, "2024-10-23", "Lingang", None, None, OPEN, 100, "cn/pilot/vats-2024/data-centres"),
    (IDC, "2024-10-23", "Pudong", None, None, OPEN, 100, "cn/pilot/vats-2024/data-centres"),
    (IDC, "2024-10-23", "Shanghai", None, None, RESTRICTED, 0, "cn/national/2021/14"),
    (IDC, "2026-11-23", "Wuhan", None, None, RESTRICTED, 0, "cn/national/2024/12"),
    (IDC, "2021-01-31", "Hainan", None, None, RESTRICTED, 0, "cn/ftz/2020/13"),
    (IDC, "2021-02-01", "Hainan", None, None, OPEN, 100, "cn/hainan/2020/11"),
    (IDC, "2026-11-23", None, "HK", True, RESTRICTED, 50, "cn/treaty/cepa-2016/data-centres"),
    (IDC, "2026-11-23", None, "MO", None, RESTRICTED, 50, "cn/treaty/cepa-2016/data-centres"),
    (IDC, "2026-11-23", None, "HK", False, RESTRICTED, 0, "cn/national/2024/12"),
    (IDC, "2026-11-23", None, "TW", True, RESTRICTED, 0, "cn/national/2024/12"),
    (IDC, "2026-11-23", None, "DE", None, RESTRICTED, 0, "cn/national/2024/12"),
    (APP, "2018-07-29", "Tianjin FTZ", None, None, RESTRICTED, 50, "cn/ftz/2017"),
    (APP, "2018-07-30", "Tianjin FTZ", None, None, OPEN, 100, "cn/ftz/2018/23"),
    (APP, "2021-10-17", "area/zgc-haidian", None, None, RESTRICTED, 50, "cn/national/2020/16"),
    (APP, "2021-10-18", "area/zgc-haidian", None, None, OPEN, 100, "cn/adjustment/beijing-2021/app-stores"),
    (APP, "2021-10-18", "Chaoyang", None, None, RESTRICTED, 50, "cn/national/2020/16"),
    (APP, "2025-04-10", "Wuhan", None, None, RESTRICTED, 50, "cn/national/2024/12"),
    (APP, "2025-04-11", "Wuhan", None, None, OPEN, 100, "cn/pilot/services-2025"),
    (ACCESS, "2019-08-19", "Lingang", None, None, RESTRICTED, 0, "cn/national/2019/20"),
    (ACCESS, "2019-08-20", "Lingang", None, None, OPEN, 100, "cn/ftz/2019/17"),
    (VPN, "2026-11-23", "Hubei FTZ", None, None, RESTRICTED, 50, "cn/ftz/2021/11"),
    (VPN, "2024-05-08", "Nanjing", None, None, RESTRICTED, 0, "cn/national/2021/14"),
    (VPN, "2024-05-09", "Nanjing", None, None, RESTRICTED, 50, "cn/adjustment/six-cities-2024"),
    (VPN, "2024-05-09", "Wuhan", None, None, RESTRICTED, 0, "cn/national/2021/14"),
    ("telecom/information-search", "2026-11-23", "Shenzhen", None, None, RESTRICTED, 50, "cn/national/2024/12"),
    ("telecom/instant-messaging", "2026-11-23", "Lingang", None, None, RESTRICTED, 50, "cn/ftz/2021/11"),
    ("internet/online-video", "2026-11-23", "Shenzhen", "HK", True, PROHIBITED, 0, "13"),
    ("internet/online-games-operation", "2026-11-23", "Lingang", "HK", True, PROHIBITED, 0, "cn/ftz/2021/12"),
    ("internet/internet-news-information", "2026-11-23", "Hainan", "MO", True, PROHIBITED, 0, "cn/hainan/2020/12"),
    ("mapping/listed-surveying", "2026-11-23", "Hainan", "HK", True, PROHIBITED, 0, "cn/hainan/2020/17"),
    ("media/film-production", "2025-02-28", None, "HK", True, PROHIBITED, 0, "cn/national/2024/27"),
    ("media/film-production", "2025-03-01", None, "HK", True, OPEN, 100, "cn/treaty/cepa-2025/film-production"),
    ("media/film-production", "2025-03-01", None, "MO", True, PROHIBITED, 0, "cn/national/2024/27"),
    ("health/human-stem-cell-technology", "2024-09-06", "Beijing FTZ", None, None, PROHIBITED, 0, "cn/ftz/2021/15"),
    ("health/human-stem-cell-technology", "2025-01-01", "Beijing FTZ", None, None, OPEN, 100, "cn/pilot/medical-2024"),
    ("health/human-stem-cell-technology", "2025-01-01", "Beijing", None, None, PROHIBITED, 0, "cn/national/2024/17"),
    ("health/hospital", "2025-01-01", "Suzhou", None, None, OPEN, 100, "cn/pilot/medical-2024"),
    ("health/hospital", "2025-01-01", "Wuhan", None, None, RESTRICTED, None, "cn/national/2024/22"),
    ("internet/internet-cafe", "2018-07-27", None, None, None, PROHIBITED, 0, "cn/national/2017/prohibited-26"),
    ("internet/internet-cafe", "2018-07-28", None, None, None, OPEN, 100, "cn/national/2018"),
]


@pytest.fixture(scope="module")
def bench(engine: Engine) -> Bench:
    return engine.bench


def situated(
    engine: Engine, day: str | date, place: str | None = None, origin: str | None = None, certified: bool | None = None
) -> Situation:
    location = None if place is None else engine.reader.gazetteer.resolve(place)
    return Situation(date.fromisoformat(day) if isinstance(day, str) else day, location, origin, certified)


def bases(standing: Standing) -> set[str]:
    return {standing.access_list.id} | {reason.entry.id for reason in standing.reasons}


@pytest.mark.parametrize(("activity", "day", "place", "origin", "certified", "status", "share", "decided_by"), TABLE)
def test_day_place_and_origin_decide(
    engine: Engine,
    activity: str,
    day: str,
    place: str | None,
    origin: str | None,
    certified: bool | None,
    status: Status,
    share: float | None,
    decided_by: str,
) -> None:
    standing = engine.bench.bare(activity, situated(engine, day, place, origin, certified))
    assert (standing.status, standing.max_foreign_share) == (status, share)
    assert any(
        base == decided_by or base.startswith(f"{decided_by}/") or base.endswith(f"/{decided_by}")
        for base in bases(standing)
    )


@pytest.mark.parametrize(
    ("activity", "day", "facts", "status", "outcome", "share", "terms"),
    [
        (
            IDC,
            "2024-11-01",
            {"investor_origin": "HK", "origin_qualified": True, "foreign_share": 50},
            RESTRICTED,
            "yes",
            50,
            [],
        ),
        (
            IDC,
            "2024-11-01",
            {"investor_origin": "HK", "origin_qualified": True, "foreign_share": 50.1},
            RESTRICTED,
            "no",
            50,
            [],
        ),
        (
            IDC,
            "2024-11-01",
            {"investor_origin": "HK", "foreign_share": 50},
            RESTRICTED,
            "conditional",
            50,
            ["cepa-certificate"],
        ),
        (
            IDC,
            "2024-11-01",
            {"investor_origin": "HK", "origin_qualified": False, "foreign_share": 50},
            RESTRICTED,
            "no",
            0,
            [],
        ),
        (IDC, "2024-11-01", {"investor_origin": "TW", "foreign_share": 50}, RESTRICTED, "no", 0, []),
        (IDC, "2024-11-01", {"investor_origin": "DE", "foreign_share": 50}, RESTRICTED, "no", 0, []),
        (IDC, "2024-10-22", {"location": "Shenzhen", "foreign_share": 50}, RESTRICTED, "no", 0, []),
        (
            IDC,
            "2024-10-23",
            {"location": "Shenzhen", "foreign_share": 100},
            OPEN,
            "conditional",
            100,
            ["pilot-approval", "registered-in-area", "facilities-in-area"],
        ),
        (APP, "2026-11-23", {"location": "Guiyang", "foreign_share": 51}, RESTRICTED, "no", 50, []),
        ("telecom/call-centre", "2019-07-29", {"foreign_share": 50}, RESTRICTED, "no", 0, []),
        ("telecom/call-centre", "2019-07-30", {"foreign_share": 100}, OPEN, "yes", 100, []),
        ("manufacturing/cars", "2021-12-31", {"foreign_share": 100}, RESTRICTED, "no", 50, []),
        ("manufacturing/cars", "2022-01-01", {"foreign_share": 100}, OPEN, "yes", 100, []),
        ("media/publication-printing", "2024-10-31", {"foreign_share": 49}, RESTRICTED, "yes", 49, []),
        ("media/publication-printing", "2024-10-31", {"foreign_share": 51}, RESTRICTED, "no", 49, []),
        (
            "culture/performing-troupes",
            "2026-11-23",
            {"location": "Shanghai FTZ", "foreign_share": 49},
            RESTRICTED,
            "yes",
            49,
            [],
        ),
        # The national list of 2018 came two days before that of the zones.
        (
            "culture/performance-agency",
            "2018-07-28",
            {"location": "Hubei FTZ"},
            OPEN,
            "conditional",
            100,
            ["serves-zone-only"],
        ),
        (
            "culture/performance-agency",
            "2018-07-29",
            {"location": "Hubei FTZ"},
            OPEN,
            "conditional",
            100,
            ["serves-zone-only"],
        ),
        ("culture/performance-agency", "2018-07-30", {"location": "Hubei FTZ"}, OPEN, "yes", 100, []),
    ],
)
def test_the_share_proposed_passes_or_not(
    engine: Engine,
    activity: str,
    day: str,
    facts: dict[str, Any],
    status: Status,
    outcome: str,
    share: float,
    terms: list[str],
) -> None:
    as_of = date.fromisoformat(day)
    [verdict] = engine.determine({"activity_ids": (activity,), "as_of": as_of, **facts}, as_of).verdicts
    standing = verdict.standing
    assert verdict.outcome is not None
    assert (standing.status, verdict.outcome.value, standing.max_foreign_share) == (status, outcome, share)
    assert [term.id for term in standing.terms] == terms


def test_what_is_barred_to_all_is_so_on_every_day_held(engine: Engine) -> None:
    # Mining virtual currency was barred only in 2021.
    barred = {id_ for id_ in engine.catalogue.activities if id_.startswith("barred/")} - {"barred/cryptocurrency-mining"}
    assert barred
    day = engine.catalogue.first_day
    while day < date(2026, 12, 1):
        for activity in barred:
            assert engine.bench.bare(activity, Situation(day)).status in (Status.UNDETERMINED, RESTRICTED), (
                activity,
                day,
            )
        day += timedelta(days=31)


@pytest.mark.parametrize(
    ("place", "origin", "certified", "day", "expected"),
    [
        ("Shenzhen", "HK", True, "2025-03-01", ()),
        ("Shenzhen", "HK", None, "2025-03-01", ()),
        ("Shenzhen", "HK", True, "2025-02-28", ("not_yet",)),
        ("Shenzhen", "DE", None, "2025-03-01", ("origin",)),
        ("Shenzhen", None, None, "2025-03-01", ("origin_unsaid",)),
        ("Shenzhen", "HK", False, "2025-03-01", ("certificate",)),
        ("Wuhan", "HK", True, "2025-03-01", ("place_elsewhere",)),
        ("Shanghai", "HK", True, "2025-03-01", ("place_around",)),
        (None, "HK", True, "2025-03-01", ("place_unsaid",)),
        ("Wuhan", None, None, "2025-02-28", ("not_yet", "origin_unsaid", "place_elsewhere")),
    ],
)
def test_what_keeps_an_overlay_from_applying(
    engine: Engine, place: str | None, origin: str | None, certified: bool | None, day: str, expected: tuple[str, ...]
) -> None:
    [opening] = [o for o in openings(engine.catalogue, IDC) if o.instrument.id == "cn/treaty/cepa-2025"]
    assert engine.bench.obstacles(opening, situated(engine, day, place, origin, certified)) == expected


def test_what_has_ended_says_so(engine: Engine) -> None:
    ended = [o for o in engine.catalogue.all_openings if o.easing.window.end is not None]
    assert ended
    for opening in ended:
        assert opening.easing.window.end is not None
        assert engine.bench.obstacles(opening, Situation(opening.easing.window.end)) == ("ended",)


def openings(catalogue: Catalogue, activity: str) -> tuple[Opening, ...]:
    return catalogue.openings(catalogue.ancestry[activity])


def test_a_zone_list_that_lags_makes_the_answer_conditional(engine: Engine) -> None:
    standing = engine.bench.bare("manufacturing/satellite-ground-equipment", situated(engine, "2022-01-01", "Hainan"))
    assert standing.status is OPEN
    assert [term.id for term in standing.terms] == [LAGGING]
    assert standing.access_list.id == "cn/national/2021"


def test_a_certificate_not_stated_is_a_term(engine: Engine) -> None:
    unsaid = engine.bench.bare(IDC, situated(engine, "2026-11-23", None, "HK"))
    assert [term.id for term in unsaid.terms] == ["cepa-certificate"]
    assert engine.bench.bare(IDC, situated(engine, "2026-11-23", None, "HK", True)).terms == ()


def test_regimes_of_a_place(engine: Engine) -> None:
    assert engine.bench.regimes(situated(engine, "2026-11-23")) == ()
    assert engine.bench.regimes(situated(engine, "2024-10-22", "Shenzhen")) == ()
    assert {"ftz", "cn/pilot/vats-2024"} <= set(engine.bench.regimes(situated(engine, "2026-11-23", "Lingang")))


ACTIVITIES = st.deferred(lambda: st.sampled_from(sorted(CATALOGUE.activities)))
PLACES = st.sampled_from(
    [
        None,
        *("zone/ftz-shanghai", "zone/ftz-shanghai-original", "zone/lingang", "zone/ftz-hubei", "CN-31", "CN-31-15"),
        *("CN-11", "area/zgc-haidian", "area/tongzhou-culture", "CN-42-01", "CN-32-01", "CN-32-05", "CN-44-03", "CN-46"),
    ]
)
ORIGINS = st.sampled_from(
    [(None, None), ("DE", None), ("HK", True), ("HK", None), ("HK", False), ("MO", True), ("TW", None)]
)
DAYS = st.dates(date(2017, 7, 29), date(2027, 1, 1))
CATALOGUE = held.engine().catalogue
BENCH = Bench(CATALOGUE, Gazetteer(CATALOGUE))


def here(day: date, place: str | None, origin: tuple[str | None, bool | None]) -> Situation:
    return Situation(day, None if place is None else Location(CATALOGUE.places[place]), *origin)


@settings(max_examples=150, deadline=None)
@given(activity=ACTIVITIES, place=PLACES, origin=ORIGINS, start=DAYS)
def test_an_answer_changes_only_on_a_day_that_something_begins_or_ends(
    activity: str, place: str | None, origin: tuple[str | None, bool | None], start: date
) -> None:
    turning = BENCH.turning_days(CATALOGUE.activities[activity], here(start, place, origin))
    near = [day for turn in turning for day in (turn - timedelta(days=1), turn, turn + timedelta(days=1))]
    for day in (*(start + timedelta(days=n) for n in range(20)), *near):
        if day <= CATALOGUE.first_day:
            continue
        before = BENCH.bare(activity, here(day - timedelta(days=1), place, origin))
        after = BENCH.bare(activity, here(day, place, origin))
        assert before.substance == after.substance or day in turning


@settings(max_examples=200, deadline=None)
@given(activity=ACTIVITIES, place=PLACES, origin=ORIGINS, day=DAYS)
def test_no_place_and_no_origin_is_worse_off_than_the_country(
    activity: str, place: str | None, origin: tuple[str | None, bool | None], day: date
) -> None:
    assert BENCH.bare(activity, here(day, place, origin)).status <= BENCH.bare(activity, Situation(day)).status


@settings(max_examples=200, deadline=None)
@given(activity=ACTIVITIES, place=PLACES, origin=ORIGINS, day=DAYS)
def test_a_ban_is_lifted_only_by_what_names_the_activity(
    activity: str, place: str | None, origin: tuple[str | None, bool | None], day: date
) -> None:
    standing = BENCH.bare(activity, here(day, place, origin))
    if standing.opening is not None:
        easing, concepts = standing.opening.easing, CATALOGUE.ancestry[activity]
        assert not easing.covers.isdisjoint(concepts)
        assert easing.excluded.isdisjoint(concepts)
        assert not easing.origins or origin[0] in easing.origins
        assert not easing.places or place is not None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def change(folder: Path, name: str, **fields: Any) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for field, value in fields.items():
        text, times = re.subn(rf"^  {field}: .*$", f"  {field}: {value}", text, count=1, flags=re.M)
        assert times
    path.write_text(text, encoding="utf-8")


def test_a_new_edition_needs_no_code(folder: Path) -> None:
    first = date(2027, 3, 1)
    new = (folder / "instruments/cn-national-2024.yaml").read_text(encoding="utf-8")
    new = new.replace("id: cn/national/2024", "id: cn/national/2027", 1).replace(
        "        value: 50\n", "        value: 70\n", 1
    )
    (folder / "instruments/cn-national-2027.yaml").write_text(new, encoding="utf-8")
    change(folder, "instruments/cn-national-2027.yaml", effective_from=first, replaces="cn/national/2024")
    change(folder, "instruments/cn-national-2024.yaml", effective_to=first)
    catalogue = load(folder)
    bench = Bench(catalogue, Gazetteer(catalogue))
    activity = "telecom/information-publishing-platform"
    assert catalogue.instruments["cn/national/2027"].state_on(first - timedelta(days=1)) == "not_yet_in_force"
    assert catalogue.instruments["cn/national/2027"].state_on(first) == "in_force"
    assert bench.bare(activity, Situation(first - timedelta(days=1))).access_list.id == "cn/national/2024"
    after = bench.bare(activity, Situation(first))
    assert after.access_list.id == "cn/national/2027"
    caps = {r.measure.value for r in after.reasons if r.measure and r.entry.instrument == "cn/national/2027"}
    assert 70 in caps
    assert first in bench.turning_days(catalogue.activities[activity], Situation(first))


def test_an_item_left_out_of_a_new_edition_is_open_from_its_first_day(folder: Path) -> None:
    first = date(2027, 3, 1)
    new = (folder / "instruments/cn-national-2024.yaml").read_text(encoding="utf-8")
    new, times = re.subn(r"^  - number: '29'\n.*?(?=^\S|^  - |\Z)", "", new, flags=re.M | re.S)
    assert times == 1
    new = new.replace("id: cn/national/2024", "id: cn/national/2027", 1)
    (folder / "instruments/cn-national-2027.yaml").write_text(new, encoding="utf-8")
    change(
        folder, "instruments/cn-national-2027.yaml", effective_from=first, replaces="cn/national/2024", item_count=28
    )
    change(folder, "instruments/cn-national-2024.yaml", effective_to=first)
    catalogue = load(folder)
    bench = Bench(catalogue, Gazetteer(catalogue))
    last, then = (
        bench.bare("culture/performing-troupes", Situation(day)) for day in (first - timedelta(days=1), first)
    )
    assert (last.status, then.status) == (PROHIBITED, OPEN)
    assert [reason.kind for reason in then.reasons] == ["national_treatment"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("places: [CN-11,", "places: [CN-99,", "'CN-99'"),
        ("conditions: [pilot-approval,", "conditions: [pilot-permit,", "'pilot-permit'"),
        ("covers: [telecom/internet-data-centre]", "covers: [telecom/data-barn]", "'telecom/data-barn'"),
    ],
)
def test_an_overlay_that_refers_to_nothing_is_refused(folder: Path, old: str, new: str, fault: str) -> None:
    path = folder / "overlays/cn-pilot-vats-2024.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert any(
        item.file == "overlays/cn-pilot-vats-2024.yaml" and fault in item.message for item in caught.value.faults
    )
