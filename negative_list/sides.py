"""Whose an amount is: the words for the foreign side, the Chinese side and others, and what stands near an amount."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

FOREIGN, CHINESE, OTHER = "foreign", "chinese", "other"
# The sets of names that lie abroad.
ABROAD = ("origins", "places_abroad", "cities_abroad")
# So many characters around an amount tell whose it is and what of.
NEAR = 80

# The short name of a country with what makes it a side: 日方, 韩资, 港商. Most of them end other words as well (平台方,
# 打印方, 增加资本), and 方 begins some (方便, 方案).
_OF_COUNTRY = (
    r"(?=[日台法意加新印德马港越英美韩俄澳荷泰瑞欧][方资商人国])(?:(?:(?<![今明昨每生节假平末次当近往工作休])日"
    r"|(?<![平后前舞柜一两几多这那站电灶讲阳吧窗出])台"
    r"|(?<![办做立合司执违用疗无非依书魔手算语看])法|(?<![同满中生创愿注主有随任得故])意"
    r"|(?<![增参添附更施追外强])加|(?<![创最更全翻革重])新|(?<![打复影水油脚手盖彩数胶编])印"
    r"|(?<![道品美])德|(?<![上人立兵])马|(?<![海军空渔商出入进离])港|(?<![超优跨])越|(?<!精)英|(?<![完精优健])美"
    r"|[韩俄澳荷泰瑞欧])(?:方(?![便案舟法向形针块糖略圆程式剂言才米])|资(?![讯质料深格助源])"
    r"|商(?![业务场城店品标圈会量超学户]))"
    r"|(?<![海军空渔])港人(?![流口工])|[美日德英法韩俄越]国人)"
)
_CHINESE_SIDE = re.compile(
    r"(?<![-–])(?:chinese|local|domestic|state-owned|mainland) (?:partner|side|party|parties|shareholder"
    r"|investor|owner|company"
    r"|firm|breeder|group|university|school|publisher|carrier|operator|manager|fund|individual|founder"
    r"|landlord|farm|co-op)s?"
    r"|our partner|\bstate-owned\b|\blocals\b|chinese (?:holds? |owns? |keeps? )?(?=$)"
    r"|中方|内资|中国合作|合作方|本地合作|(?<![美英德法韩泰俄外他异])(?<![美英德法韩泰俄]国)国(?:有|内股东|资|企)|央企|中资|内地方|大陆合作|本土",
    re.ASCII,
)
_CHINESE_AFTER = re.compile(
    r"^\s*(?:chinese(?:[- ](?:share|owned|held))?\b"
    r"|(?:is |are |be )?(?:held|owned|kept) by (?:an? |the |our )?(?:chinese|local|domestic|mainland|state)"
    r"|(?:for |to |by |with )?(?:the |our |a )?(?:chinese|local|domestic|state-owned|mainland)[ -]"
    r"(?:partner|side|party|owned|company|shareholder)|[由归为给]?(?:中方|内资|国资))",
    re.ASCII,
)
# Whoever something is bought from is not who will hold it.
_SELLER_BEFORE = re.compile(
    r"(?:\bfrom (?:the |its |our |their |his |her |an? )?|收购了?|受让了?|购买了?|买下|[从向])$"
)
_SELLER_AFTER = re.compile(r"手[里中上]|所持|持有的")
_FOREIGN_SIDE = re.compile(
    r"foreign|\bwe\b|\bour\b|\bus\b|investor|overseas|\bi\b|外|我|境外"
    rf"|{_OF_COUNTRY}",
    re.ASCII,
)
_CLAUSE = re.compile(r"[,.;，。；、](?!\d)")
_SENTENCE = re.compile(r"[.;。；](?!\d)")
# What parts the holders of a whole from one another.
_CELL = re.compile(r"[,;/&+()，。；：:、]| - |\.(?!\d)|\b(?:and|while|whereas|but|if|so)\b|[和而另与]", re.ASCII)

_PARTIES = (
    r"partner|side|party|parties|shareholder|investor|owner|company|companies|firm|group|fund|university"
    r"|school|publisher|individual|ppl|guys|folks|boss|bosses|lady|uncle|aunt|cousin|brothers?|sisters?|herder|dairy|brewer|brewery"
    r"|cooperative|institute|ministry|government|county|municipality|province|village|committee|factory|mill|plant|airport|port|hospital"
    r"|carrier|airline|insurer|exporter|importer|trader|broker|studio|magnate|tycoon|industrialist|engineer|doctor|chef|chain"
    r"|operator|manager|founder|landlord|farm|ranch|co-op|bank|bureau|team|family|families|friend|supplier"
    r"|distributor|builder"
    r"|producer|maker|client|parent|hq|people|guy"
)
# "Mine" where it is no pit: "60% is mine", "a coal mine", "the Chinese mine owner".
_MINE = (
    r"(?<!\bthe )(?<!\ba )(?<!chinese )(?<!coal )(?<!gold )mine(?= ?(?:$|[^\w\s'-]| (?:and|is|will|would|for|to"
    r"|only)\b))"
)
_WORDS = re.compile(
    r"(?=\b[a-z]|[^\x00-\x7f])(?:"
    r"(?P<generic>\bforeign(?:ers?|-\w+)?\b|\boverseas\b|境外|海外|老外"
    r"|(?<![对国以除另此之室户])外(?![卖包语贸地部省观壳]))"
    rf"|(?P<pronoun>\b(?:we|us|ours?|{_MINE}|my|me|myself|i|investor|client|parent|hq|headquarters|head office)\b"
    r"|我们?|咱们?|母公司|总部|客户|委托人|投资方)"
    r"|(?P<named>\b(?:gmbh|s\.p\.a|b\.v|n\.v|a/s|plc|pte|llc|k\.k|kk|oyj|sarl|sdn bhd)\b"
    rf"|{_OF_COUNTRY})"
    r"|(?P<chinese>\b(?:chinese|locals?|domestic|soe|mainland|state(?:-owned)?|village)\b|中(?=外)"
    r"|(?<![其集])中(?=[方国资占出持拿企]|[\d一二三四五六七八九])"
    r"|(?<![美英德法韩泰俄外他异])(?<![美英德法韩泰俄]国)国[企有资内]|央企|民企|本地|当地|本土|境内(?!外)|内地|内资|大陆|对岸|陆[方资籍]|[省市县]属|村[集委民]体?|合作社|农垦|[城交省国农]投(?![资入])"
    r"|[京沪津渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔滇陕甘宁蒙藏]方)"
    r"|(?P<other>\b(?:they|them|theirs?|he|him|she|her|other (?:side|party|owner)s?)\b|对方|(?<!其)他们?|她|佢|另一方)"
    r"|(?P<party>合作方|合伙人|伙伴|拍档|朋友|店长|老板娘?|学校|农场|牧场|团队|企业"
    rf"|\b(?:{_PARTIES})s?\b))",
    re.ASCII,
)
# "Our distributor" is not us.
_OUR_OTHERS = re.compile(
    r"\b(?:our|my) (?:[a-z-]+ )?(?:partner|supplier|distributor|friend|landlord|manager|publisher)s?\b", re.ASCII
)
# What stands between a name and the party that it describes: "the Inner Mongolia ranch", "Qingdao's biggest brewer".
_DESCRIBES = re.compile(
    r"['s]{0,2}[ -]?(?:(?!(?:as|and|or|with|has|holds|owns|takes|keeps|to|for|is) )[a-z-]+ ){0,2}"
    r"|的?[\u4e00-\u9fff]{0,4}"
)
_ELSEWHERE = re.compile(
    r"(?:\b(?:in|at|near|around|outside|through|via|into|across|acquir(?:es?|ing)|buy(?:s|ing)?"
    r"|purchas(?:es?|ing)|takes? over)"
    r"|[在于到]|收购|受让|买[入下]?|购入?|认购|入股|参股|投资)了? ?(?:the |an? )?$",
    re.ASCII,
)
_PARTY = re.compile(
    rf"(?:{_PARTIES})s?\b|公司|企业|集团|伙伴|合作方|合伙人|方面|方|股东|人|国企|牧场|基金|亲戚|朋友|家庭|书店",
    re.ASCII,
)
_PARTNER = re.compile(r"partner|合作方|合伙人|伙伴|拍档")
_TOWARDS = re.compile(
    r"\s*(?:(?:will|would|shall|is to|are to|to) be |is |are |being |be |was |were )?(?:go(?:es)? |going |went "
    r"|passe[sd] |stays? "
    r"|belongs? |remains? |left |held |owned |kept |of it "
    r"|of (?:the |its )?(?:shares|equity|capital|company|stock) |stake )?(?:is |are |goes |belongs |stays )?"
    r"(?:的?(?:股东|股份|股权|部分))?(?:仍|继续|均|全部?|都|则|再)*"
    r"(?:(?:to|for|with|by|being|is|are|in(?= (?:the hands|[a-z ]{2,20} hands\b))) (?:the hands of )?"
    r"|(?<=stays )|(?<=stay )|(?<=remains )|(?<=remain )"
    r"|归属?|由|给|属于?|是|为|留[给在]|在(?=[中外我国本境内])|係|系|来自)(?:an? |the |all )?"
)
_ROLE = re.compile(r"\s*(?:shareholder|stakeholder|holder|owner|investor)s?\b")
_BESIDE = re.compile(r"[ :-]*\(?(?:(?:an?|the|all|each) )?")
# "With" names the holder of what stays or is left; otherwise the partner of whoever holds it.
_STAYS = re.compile(r"\b(?:stays?|left|remains?|rests?|lies)\b|归|由", re.ASCII)
_GOVERNS = re.compile(
    r"(?: (?:only|then|will|would|could|should|also|wants?|to|is|are|to have|takes?|gets?|has|have|holds?"
    r"|owns?|keeps?|puts?|buys?"
    r"|insists|on|with|in|at|the|a|by|of|share|stake|side|party|remaining|other|about|around|roughly|just"
    r"|some|have got|got|:))*[ :]*|(?:[^\W一两几某]{0,4}(?:公司|集团|企业|基金|财团|商社|银行)"
    r"(?=[只仅就要想会能出持占拿得投]))?人?[)）]?[只仅就要想会能]?(?:出资|持股|持有|占股|占|持|拿走?|得|出|投|股份"
    r"|股权)?(?:约|了)?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the lexicon spotted, by its place in the folded text and its set."""

    start: int
    end: int
    kind: str


class Mark(NamedTuple):
    """A word for a side; `kind` tells generic words, pronouns, names, parties and bare places apart."""

    start: int
    end: int
    side: str
    kind: str


class Sides:
    """The words for sides in one folded text, in order."""

    def __init__(self, folded: str, names: Sequence[Named] = ()) -> None:
        self._folded = folded
        self._names = names
        self.measures = [name for name in names if name.kind == "measures"]
        self.abroad = [name for name in names if name.kind in ABROAD]

    @cached_property
    def marks(self) -> list[Mark]:
        """Every word for a side, none overlapping; looked for only where an amount asks."""
        return self._read(self._names)

    @cached_property
    def _starts(self) -> list[int]:
        return [mark.start for mark in self.marks]

    def _read(self, names: Sequence[Named]) -> list[Mark]:
        found = [Mark(m.start(), m.end(), OTHER, "party") for m in _OUR_OTHERS.finditer(self._folded)]
        places = [name for name in names if name.kind == "places"]
        # Mongolia within Inner Mongolia is no name of its own.
        found += [
            Mark(name.start, name.end, FOREIGN, "named")
            for name in names
            if name.kind in ABROAD and not _lies_in(name, places)
        ]
        found += [Mark(name.start, name.end, CHINESE, "place") for name in places]
        for match in _WORDS.finditer(self._folded):
            kind = match.lastgroup or ""
            side = CHINESE if kind == "chinese" else OTHER if kind in ("other", "party") else FOREIGN
            found.append(Mark(match.start(), match.end(), side, kind))
        return self._described(sorted(found, key=lambda mark: (mark.start, -mark.end)))

    def _described(self, found: list[Mark]) -> list[Mark]:
        """Without what others cover, and a party with the word that describes it as one: "Dutch partner"."""
        marks: list[Mark] = []
        for mark in found:
            last = marks[-1] if marks else None
            if last is not None and mark.start < last.end:
                continue
            between = "" if last is None else self._folded[last.end : mark.start]
            if last is not None and mark.kind == "party" and _can_describe(last) and _DESCRIBES.fullmatch(between):
                marks[-1] = last._replace(end=mark.end, kind="party" if last.kind == "place" else last.kind)
            elif last is not None and last.kind == "pronoun" and between == " " and self._is_ours(last, mark):
                marks[-1] = last._replace(end=mark.end)
            elif mark.kind == "place" and (party := _PARTY.match(self._folded, mark.end)):
                marks.append(mark._replace(end=party.end(), kind="party"))
            elif mark.kind != "place" or not _ELSEWHERE.search(self._folded, max(0, mark.start - 12), mark.start):
                marks.append(mark)
        return marks

    def _is_ours(self, pronoun: Mark, mark: Mark) -> bool:
        """Whether a party is the one of the pronoun before it: "our side", "my client"."""
        return mark.kind == "pronoun" or (
            mark.kind == "party" and self._folded[pronoun.start : pronoun.end] in ("our", "my")
        )

    def last(self, start: int, end: int) -> Mark | None:
        """The last word for a side between two places."""
        index = bisect_left(self._starts, end) - 1
        mark = self.marks[index] if index >= 0 else None
        return mark if mark is not None and mark.start >= start and mark.end <= end else None

    def first(self, start: int, end: int) -> Mark | None:
        """The first word for a side between two places."""
        index = bisect_left(self._starts, start)
        mark = self.marks[index] if index < len(self.marks) else None
        return mark if mark is not None and mark.end <= end else None

    def towards(self, end: int, *, rest: bool = False) -> Mark | None:
        """The side to which an amount is said to go: "20% to a local fund"."""
        if (way := _TOWARDS.match(self._folded, end)) is None:
            return None
        mark = self.first(way.end(), end + NEAR)
        if " with " in way[0] and not rest and not _STAYS.search(way[0]) and (mark is None or mark.side != FOREIGN):
            return None
        # "To our Swiss client": who is named more closely counts.
        return (
            mark
            if mark is not None
            and mark.start - way.end() <= 8
            and not _CLAUSE.search(self._folded, way.end(), mark.start)
            else None
        )

    def beside(self, end: int) -> Mark | None:
        """The side named right behind an amount: "75% us", "20% Chinese"."""
        mark = self.first(end, end + NEAR)
        return mark if mark is not None and _BESIDE.fullmatch(self._folded, end, mark.start) else None

    def governing(self, start: int) -> Mark | None:
        """The side whose verb an amount is: "the Shenyang partner holds 51%"."""
        mark = self.last(max(0, start - NEAR), start)
        return mark if mark is not None and _GOVERNS.fullmatch(self._folded, mark.end, start) else None

    def is_partner(self, mark: Mark) -> bool:
        """Whether the word for a party is one for the other side of a foreign investor."""
        return mark.kind == "party" and _PARTNER.search(self._folded, mark.start, mark.end) is not None

    def pair_before(self, start: int) -> tuple[Mark, Mark] | None:
        """Two sides named one after the other right before an amount: "Chinese/foreign 80/20"."""
        second = self.last(max(0, start - 40), start)
        first = None if second is None else self.last(max(0, start - 60), second.start)
        if second is None or first is None or {first.side, second.side} not in ({FOREIGN, CHINESE}, {FOREIGN, OTHER}):
            return None
        between, after = self._folded[first.end : second.start], self._folded[second.end : start]
        joined = re.fullmatch(r"\s*方?\s*(?:[:/\-、比]|and|和|与|跟|同)?\s*(?:the |an? )?", between)
        # "Xinjiang - us 52": where the company is, and who holds it.
        located = first.kind == "place" and between.strip() == "-" and between != "-"
        if located or joined is None or re.match(r"合[资作营]", after):
            return None
        if not re.fullmatch(r"[^.,;。，；\d]{0,14}", after):
            return None
        return first, second


def part_holder(folded: str, start: int, end: int, sides: Sides) -> str | None:
    """Who holds "a majority" or "the smaller part"; None if unsaid, or said only by "they"."""
    within = sides.first(start, end)
    # "As majority shareholder": the role is no other holder.
    end = role.end() if (role := _ROLE.match(folded, end)) else end
    mark = within if within is not None and within.kind not in ("other", "party") else sides.towards(end)
    mark = mark or sides.beside(end) or sides.last(own_clause(folded, start), start)
    if mark is None or mark.kind in ("other", "place"):
        return None
    return FOREIGN if mark.side == FOREIGN else CHINESE


def cell_start(folded: str, after: int, end: int) -> int:
    """Where the words of an amount begin that follows another one ending at `after`."""
    found = _CELL.search(folded, after, end)
    return after if found is None else found.end()


def cell_end(folded: str, start: int, end: int) -> int:
    """Where the words end that follow an amount."""
    # "70 (us)": what stands in brackets right behind belongs to it.
    found = _CELL.search(folded, start + 2 if folded.startswith((" (", "("), start) else start, end)
    return end if found is None else found.start()


def own_clause(folded: str, start: int) -> int:
    """Where the clause of an amount begins."""
    return max(
        (match.end() for match in _CELL.finditer(folded, max(0, start - NEAR), start)), default=max(0, start - NEAR)
    )


def own_sentence(folded: str, start: int) -> int:
    """Where the sentence of an amount begins."""
    begin = max(0, start - NEAR)
    return max((match.end() for match in _SENTENCE.finditer(folded, begin, start)), default=begin)


def side_of(folded: str, start: int, end: int, other_ends: Sequence[int] = ()) -> str | None:
    """Whose share a number is; None if unsaid.

    The nearest word before it in its clause says so, else one right after it, else one before it in its sentence:
    "Chinese party: a software house, 55%". What stands before another amount of the sentence was said of that one.
    """
    near = folded[max(0, start - NEAR) : start]
    after = _CLAUSE.split(folded[end : end + NEAR])[0]
    if side := _nearest_side(_CLAUSE.split(near)[-1]):
        return side
    if _CHINESE_AFTER.match(after):
        return CHINESE
    if _FOREIGN_SIDE.search(after):
        return FOREIGN
    begin = max([own_sentence(folded, start), *(other for other in other_ends if other <= start)])
    return _nearest_side(folded[begin:start])


def _nearest_side(before: str) -> str | None:
    """The side that the last word for one names."""
    sides = [
        (m.end(), CHINESE)
        for m in _CHINESE_SIDE.finditer(before)
        if not _SELLER_BEFORE.search(before, 0, m.start()) and not _SELLER_AFTER.match(before, m.end())
    ]
    sides += [(m.end(), FOREIGN) for m in _FOREIGN_SIDE.finditer(before)]
    return max(sides)[1] if sides else None


def _can_describe(mark: Mark) -> bool:
    return mark.kind in ("place", "named", "chinese", "generic")


def _lies_in(name: Named, places: Sequence[Named]) -> bool:
    return any(place.start <= name.start and name.end <= place.end for place in places)
