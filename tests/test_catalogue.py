"""Loading a data folder: what is sound loads, what is broken is refused by file, line and field."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from negative_list.catalogue import DATA, Catalogue, load
from negative_list.errors import DataError, DataFault, TooEarly

ACTIVITIES = "activities/test.yaml"
INSTRUMENT = "instruments/test.yaml"
# Sound files of our own; the cases below break them line by line.
OWN = {
    ACTIVITIES: """\
activities:
  - id: test/wide
    label: {en: Wide test, zh: 宽测试}
    broader: []
    basis: recalled
  - id: test/narrow
    label:
      en: Narrow test
      zh: 窄测试
    alt: {en: [thin test]}
    broader: [test/wide]
    related: [telecom/value-added-telecom]
    telecom_categories: [B25]
    licences: [basic-telecom]
    advisories: [vie]
    contested:
      other_broader: []
      explanation: {en: Why, zh: 缘由}
    basis: recalled
    sources: [L01]
""",
    INSTRUMENT: """\
instrument:
  id: test/list
  kind: access_list
  regime: hainan
  title: {en: A list, zh: 清单}
  short_title: {en: List, zh: 清单}
  issuers: [ndrc]
  issued: 2019-01-01
  effective_from: 2019-02-01
  effective_to: 2021-02-01
  item_count: 2
  basis: recalled
  sources: [L01]
sections:
  - {number: 1, heading: {en: All, zh: 全部}}
entries:
  - number: "1"
    section: 1
    title: {en: First, zh: 第一}
    text: {en: First text, zh: 第一文}
    measures:
      - id: cap
        kind: foreign_share_max
        value: 50
        covers: [test/wide]
        text: {en: Half, zh: 一半}
    exceptions:
      - id: narrow
        lifts: [cap]
        covers: [test/narrow]
        text: {en: Not narrow, zh: 窄者除外}
    authorities: [miit]
    basis: recalled
  - number: "2"
    section: 1
    title: {en: Second, zh: 第二}
    text: {en: Second text, zh: 第二文}
    basis: recalled
    sources: [L02]
""",
}
# File, what is replaced by what, words that stand on the line to blame, and the end of the field to blame.
BROKEN = [
    # Form
    (ACTIVITIES, "alt: {en", "alter: {en", "alter:", "activities.1.alter"),
    (ACTIVITIES, "      zh: 窄测试\n", "", "label:\n", "activities.1.label.zh"),
    (ACTIVITIES, "basis: recalled\n  - id", "basis: rumour\n  - id", "basis: rumour", "activities.0.basis"),
    (ACTIVITIES, "    broader: []\n", "    broader: []\n    broader: []\n", None, "(yaml)"),
    (ACTIVITIES, "[thin test]", "[thin test", None, "(yaml)"),
    (INSTRUMENT, "2019-02-01", "2019-02-30", "2019-02-30", "instrument.effective_from"),
    (INSTRUMENT, "kind: access_list", "kind: list", "kind: list", "instrument.kind"),
    (INSTRUMENT, "  regime: hainan\n", "", "kind: access_list", "instrument.kind"),
    (INSTRUMENT, "zh: 第二文", "sv: andra", "sv: andra", "entries.1.text.sv"),
    ("dataset.yaml", "checked_on: ", "checked_on: not ", "checked_on", "checked_on"),
    ("authorities.yaml", "\n", "\n  nobody: {}\n", "nobody", "authorities.nobody.label"),
    ("wording.yaml", "\n", "\n  status.none: {en: none}\n", "status.none", "wording.status.none.zh"),
    ("sources.yaml", "\n", "\n  X99: {url: null}\n", "X99", "sources.X99.title"),
    ("survey.yaml", "certified: true", "certified: perhaps", "certified: perhaps", "certified"),
    ("not_investment.yaml", "kind: chatter", "kind: song", "kind: song", "kind"),
    # Numbers
    (INSTRUMENT, 'number: "2"', 'number: "3"', "entries:", "entries"),
    (INSTRUMENT, 'number: "2"', 'number: "1"', "entries:", "entries"),
    (INSTRUMENT, "item_count: 2", "item_count: 3", "item_count: 3", "instrument.item_count"),
    (INSTRUMENT, 'number: "1"\n    section: 1', 'number: "1"\n    section: 9', "section: 9", "entries.0.section"),
    # Editions
    (INSTRUMENT, "effective_to: 2021-02-01", "effective_to: 2021-02-02", "2021-02-02", "instrument.effective_to"),
    ("instruments/cn-national-2021.yaml", "effective_to: 2024-11-01", "effective_to: 2024-10-31", "2024-10-31", "effective_to"),
    ("instruments/cn-national-2021.yaml", "effective_to: 2024-11-01", "effective_to: null", "null", "effective_to"),
    # References
    ("survey.yaml", "- telecom/fixed-network", "- telecom/gone", "activities:", "groups.0.activities"),
    ("survey.yaml", "place: CN-46", "place: CN-99", "place: CN-99", "viewpoints.2.place"),
    ("survey.yaml", "origin: HK", "origin: ZZ", "origin: ZZ", "viewpoints.6.origin"),
    (ACTIVITIES, "broader: [test/wide]", "broader: [test/gone]", "test/gone", "activities.1.broader"),
    (ACTIVITIES, "other_broader: []", "other_broader: [test/gone]", "contested:", "activities.1.contested"),
    (ACTIVITIES, "related: [", "related: [test/gone, ", "related:", "activities.1.related"),
    (ACTIVITIES, "[B25]", "[B99]", "[B99]", "activities.1.telecom_categories"),
    (ACTIVITIES, "[basic-telecom]", "[no-licence]", "no-licence", "activities.1.licences"),
    (ACTIVITIES, "[vie]", "[no-advice]", "no-advice", "activities.1.advisories"),
    (ACTIVITIES, "[L01]", "[L9999]", "L9999", "activities.1.sources"),
    (ACTIVITIES, "id: test/wide", "id: test/narrow", None, "id"),
    (INSTRUMENT, "covers: [test/wide]", "covers: [test/gone]", "test/gone", "entries.0.measures.0.covers"),
    (INSTRUMENT, "covers: [test/narrow]", "covers: [test/gone]", "test/gone", "entries.0.exceptions.0.covers"),
    (INSTRUMENT, "lifts: [cap]", "lifts: [cup]", "lifts: [cup]", "entries.0.exceptions.0.lifts"),
    (INSTRUMENT, "issuers: [ndrc]", "issuers: [nobody]", "nobody", "instrument.issuers"),
    (INSTRUMENT, "authorities: [miit]", "authorities: [nobody]", "nobody", "entries.0.authorities"),
    (INSTRUMENT, "[L02]", "[L9999]", "L9999", "entries.1.sources"),
    (INSTRUMENT, "[L01]", "[L9999]", "L9999", "instrument.sources"),
    ("ambiguous.yaml", "candidates: [", "candidates: [test/gone, ", "test/gone", "candidates"),
    ("telecom_categories.yaml", "activity: ", "activity: test/gone-", "test/gone-", "activity"),
    ("places.yaml", "within: [CN]", "within: [XX]", "within: [XX]", "within"),
    ("licences.yaml", "authority: [miit]", "authority: [nobody]", "nobody", "authority"),
    ("licences.yaml", "sources: []", "sources: [L9999]", "L9999", "sources"),
    # Sense
    (ACTIVITIES, "broader: []", "broader: [test/narrow]", "broader: [test/narrow]", "activities.0.broader"),
    (ACTIVITIES, "broader: []", "broader: [test/wide]", "broader: [test/wide]", "activities.0.broader"),
    (INSTRUMENT, "kind: foreign_share_max", "kind: foreign_maximum", "foreign_maximum", "entries.0.measures.0.kind"),
    (INSTRUMENT, "        value: 50\n", "", "- id: cap", "entries.0.measures.0.value"),
    (INSTRUMENT, "kind: foreign_share_max", "kind: prohibited", "value: 50", "entries.0.measures.0.value"),
    (INSTRUMENT, "value: 50", "value: half", "value: half", "entries.0.measures.0.value"),
    (INSTRUMENT, "value: 50", "value: 150", "value: 150", "entries.0.measures.0.value"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data set with two sound files of our own."""
    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    for name, text in OWN.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def change(root: Path, name: str, old: str, new: str) -> str:
    """Replace words once in a file; gives the new text."""
    path = root / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    after = before.replace(old, new, 1)
    path.write_text(after, encoding="utf-8")
    return after


def faults_of(root: Path) -> list[DataFault]:
    with pytest.raises(DataError) as caught:
        load(root)
    return caught.value.faults


def test_the_sound_copy_loads(data: Path) -> None:
    loaded = load(data)
    assert loaded.activities["test/narrow"].broader == ("test/wide",)
    assert loaded.entries["test/list/1"].measures[0].value == 50


@pytest.mark.parametrize(("name", "old", "new", "words", "field"), BROKEN)
def test_a_fault_names_file_line_and_field(
    data: Path, name: str, old: str, new: str, words: str | None, field: str
) -> None:
    lines = change(data, name, old, new).splitlines(keepends=True)
    blamed = [fault for fault in faults_of(data) if fault.file == name and fault.field.endswith(field)]
    assert blamed, f"no fault of {name} names {field}"
    assert blamed[0].line is not None
    assert words is None or words in lines[blamed[0].line - 1]


@pytest.mark.parametrize("name", ["places.yaml", "activities/telecom.yaml", "instruments/cn-national-2024.yaml"])
def test_broken_yaml_names_the_line(data: Path, name: str) -> None:
    path = data / name
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nbroken: [\n", encoding="utf-8")
    (fault,) = faults_of(data)
    assert (fault.file, fault.field) == (name, "(yaml)")
    assert fault.line is not None
    assert fault.line >= text.count("\n") + 2


def test_all_faults_are_told_together(data: Path) -> None:
    change(data, INSTRUMENT, "item_count: 2", "item_count: 3")
    change(data, INSTRUMENT, "lifts: [cap]", "lifts: [cup]")
    change(data, ACTIVITIES, "[L01]", "[L9998, L9999]")
    told = [(fault.file, fault.field) for fault in faults_of(data)]
    assert told == [
        (ACTIVITIES, "activities.1.sources"),
        (ACTIVITIES, "activities.1.sources"),
        (INSTRUMENT, "instrument.item_count"),
        (INSTRUMENT, "entries.0.exceptions.0.lifts"),
    ]


@pytest.mark.parametrize("name", ["dataset.yaml", "places.yaml", "wording.yaml", "phrases.yaml", "sources.yaml"])
def test_a_missing_file_is_told(data: Path, name: str) -> None:
    (data / name).unlink()
    assert [(fault.file, fault.line) for fault in faults_of(data)] == [(name, None)]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert faults_of(tmp_path)


def test_the_digest_changes_with_the_content(data: Path, catalogue: Catalogue) -> None:
    first = load(data).digest
    assert first == load(data).digest
    change(data, ACTIVITIES, "Narrow test", "Narrower test")
    second = load(data).digest
    shutil.move(data / ACTIVITIES, data / "activities/renamed.yaml")
    assert len({first, second, load(data).digest, catalogue.digest}) == 4


def test_the_list_in_force(data: Path) -> None:
    loaded = load(data)
    held = loaded.instruments
    first = held["cn/national/2017"]
    assert loaded.first_day == first.effective_from == date(2017, 7, 28)
    for day, regime, expected in (
        (loaded.first_day, "national", "cn/national/2017"),
        (date(2019, 1, 31), "hainan", "cn/national/2018"),
        (date(2019, 2, 1), "hainan", "test/list"),
        (date(2021, 1, 31), "hainan", "test/list"),
        (date(2021, 2, 1), "hainan", "cn/hainan/2020"),
        (date(2021, 1, 31), "ftz", "cn/ftz/2020"),
        (date(2024, 10, 31), "national", "cn/national/2021"),
        (date(2024, 11, 1), "national", "cn/national/2024"),
    ):
        assert loaded.access_list(day, regime) is held[expected]
    with pytest.raises(TooEarly) as caught:
        loaded.access_list(date(2017, 7, 27), "ftz")
    assert caught.value.first == loaded.first_day


def test_measures_reach_everything_narrower_and_exceptions_lift_them(data: Path) -> None:
    loaded = load(data)
    own = loaded.instruments["test/list"]
    day = date(2020, 12, 1)

    def provisions(activity: str, **options: bool) -> list[tuple[str, str | None]]:
        concepts = loaded.concepts(loaded.activities[activity], **options)
        found = loaded.provisions(concepts, day, own)
        return [(item.measure.id, item.lifted_by and item.lifted_by.id) for item in found]

    assert provisions("test/wide") == [("cap", None)]
    assert provisions("test/narrow") == [("cap", "narrow")]
    assert provisions("test/narrow", other_reading=True) == []
    assert loaded.narrower["test/wide"] == ("test/narrow",)
    assert loaded.provisions(frozenset({"test/wide"}), day, loaded.access_list(day)) == ()


def test_notes_are_found_by_topic(catalogue: Catalogue, today: date) -> None:
    national = catalogue.access_list(today)
    note = catalogue.note(national, "national_treatment")
    assert note is not None
    assert note.topic == "national_treatment"
    assert catalogue.note(national, "no such topic") is None
