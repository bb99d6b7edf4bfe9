"""Foreign shares read out of words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.determination import Engine
from negative_list.model import Proposal, ShareRange
from negative_list.shares import Stated, foreign_share, han_number, shares_in
from negative_list.text import fold

PERCENT = st.integers(1, 99)
HAN_DIGITS = "零一二三四五六七八九"


def stated(text: str) -> list[Stated]:
    return shares_in(fold(text))


def only(text: str) -> ShareRange:
    (found,) = stated(text)
    return found.share


def exactly(share: float) -> ShareRange:
    return ShareRange(share, share)


def han(number: int) -> str:
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{HAN_DIGITS[tens]}十"
    return head + (HAN_DIGITS[units] if units or not tens else "")


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("零", 0),
        ("七", 7),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("六十五", 65),
        ("九十九", 99),
        ("百", 100),
        ("一百", 100),
        ("49", 49),
        ("33.5", 33.5),
    ],
)
def test_a_chinese_numeral(word: str, number: float) -> None:
    assert han_number(word) == number


@given(st.integers(0, 99))
def test_every_chinese_numeral_below_a_hundred(number: int) -> None:
    assert han_number(han(number)) == number


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("60% foreign", 60),
        ("60 % foreign", 60),
        ("60 pct foreign", 60),
        ("60 percent foreign", 60),
        ("60 per cent foreign", 60),
        ("外资占６０％", 60),
        ("33.5%", 33.5),
        ("sixty-five percent foreign", 65),
        ("sixty five per cent foreign", 65),
        ("ninety percent", 90),
        ("one hundred percent foreign", 100),
        ("外方百分之四十九", 49),
        ("外方百分之33.5", 33.5),
        ("外方百分之百", 100),
        ("外方百分之一百", 100),
        ("外资占六成", 60),
        ("六成五", 65),
        ("六成半", 65),
        ("十成", 100),
        ("外方持五分之三", 60),
        ("三分之二外资", 66.67),
        ("a third foreign", 33.33),
        ("two thirds foreign", 66.67),
        ("three-quarters foreign", 75),
        ("a quarter foreign", 25),
        ("nine tenths foreign", 90),
        ("we hold half", 50),
        ("we hold exactly half", 50),
        ("we would have precisely half of it", 50),
        ("half of the shares", 50),
        ("外方持一半", 50),
        ("五五开", 50),
        ("对半持股", 50),
        # Without a sign only where a share is spoken of.
        ("we hold 49", 49),
        ("外方持股49", 49),
        ("外资占60，", 60),
    ],
)
def test_one_figure(text: str, share: float) -> None:
    assert only(text) == exactly(share)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a business",
        "third-party logistics",
        "half a year",
        "a quarter-hour",
        "第三方物流",
        "百万分之三",
        "千分之三",
        "we employ 60 people",
        "version 1.2.30%",
        # A percentage of something else.
        "60% of revenue",
        "60% of the board",
        "30% of seats",
        "20% off",
        "15% discount",
        "a commission of 5%",
        "growth of 20%",
        "100% cotton shirts",
        "10% annual growth",
        "年增长率20%",
        "税率5%",
        "提成10%",
        "30%的用户",
        "60%收入",
        "100%纯棉",
        # No share at all, or more than there is.
        "0% foreign",
        "foreign 101%",
        "at most 150% foreign",
        "百分之零",
    ],
)
def test_no_share(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("up to 30% foreign", ShareRange(0, 30, low_excluded=True)),
        ("no more than 49% foreign", ShareRange(0, 49, low_excluded=True)),
        ("not exceeding 49% foreign", ShareRange(0, 49, low_excluded=True)),
        ("外方不超过49%", ShareRange(0, 49, low_excluded=True)),
        ("外方至多三成", ShareRange(0, 30, low_excluded=True)),
        ("外资49%以下", ShareRange(0, 49, low_excluded=True)),
        ("30% or less foreign", ShareRange(0, 30, low_excluded=True)),
        ("less than 50% foreign", ShareRange(0, 50, low_excluded=True, high_excluded=True)),
        ("under 50% foreign", ShareRange(0, 50, low_excluded=True, high_excluded=True)),
        ("外资低于百分之五十", ShareRange(0, 50, low_excluded=True, high_excluded=True)),
        ("外资不到一半，约占30%", ShareRange(30, 30)),
        ("at least 51% foreign", ShareRange(51, 100)),
        ("minimum of 51% foreign", ShareRange(51, 100)),
        ("外资至少51%", ShareRange(51, 100)),
        ("30% or more foreign", ShareRange(30, 100)),
        ("外资25%以上", ShareRange(25, 100)),
        ("more than 50% foreign", ShareRange(50, 100, low_excluded=True)),
        ("a foreign share exceeding 50%", ShareRange(50, 100, low_excluded=True)),
        ("外资超过百分之五十", ShareRange(50, 100, low_excluded=True)),
        ("外资高于50%", ShareRange(50, 100, low_excluded=True)),
        ("more than half foreign", ShareRange(50, 100, low_excluded=True)),
        ("外资过半", ShareRange(50, 100, low_excluded=True)),
        ("外资持股超过一半", ShareRange(50, 100, low_excluded=True)),
    ],
)
def test_a_bound(text: str, share: ShareRange) -> None:
    assert only(text) == share


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30% to 40% foreign", 30, 40),
        ("30-40% foreign", 30, 40),
        ("30 – 40 % foreign", 30, 40),
        ("between 30% and 40% foreign", 30, 40),
        ("between 30 and 40 percent foreign", 30, 40),
        ("30% or 40% foreign", 30, 40),
        ("40% or 30% foreign", 30, 40),
        ("a third to a half foreign", 33.33, 50),
        ("外资30%至40%", 30, 40),
        ("外资30到40%", 30, 40),
        ("外方占三成到四成", 30, 40),
        ("外方百分之三十或百分之四十", 30, 40),
        ("49.5% to 50.5% foreign", 49.5, 50.5),
        # The Chinese side's range is turned round end for end.
        ("中方占三成到四成", 60, 70),
        ("Chinese partner 51% to 60%", 40, 49),
        # Nobody says whose part is whose.
        ("49/51 JV", 49, 51),
        ("合资比例51:49", 49, 51),
        ("70/30 joint venture", 30, 70),
    ],
)
def test_a_range(text: str, low: float, high: float) -> None:
    assert only(text) == ShareRange(low, high)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("foreign 49/51 JV", 49),
        ("we plan a 60:40 joint venture", 60),
        ("外方与国企按60:40合资", 60),
        ("our Chinese partner 70/30 JV", 30),
        # Whoever speaks of the partner names its own part first.
        ("与中方按49:51合资", 49),
        ("with a local partner at 40/60 equity split", 40),
        ("50/50 joint venture", 50),
        ("合资比例50:50", 50),
    ],
)
def test_a_split(text: str, share: float) -> None:
    assert only(text) == exactly(share)


@pytest.mark.parametrize("text", ["24/7 joint support", "a 16:9 joint screen", "比例1:3", "49/50 JV"])
def test_a_split_adds_up(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "share", "side"),
    [
        ("60%", exactly(60), None),
        ("data centre 60%", exactly(60), None),
        ("60% foreign", exactly(60), "foreign"),
        ("we hold 60%", exactly(60), "foreign"),
        ("港资占60%", exactly(60), "foreign"),
        ("the overseas investor takes 60%", exactly(60), "foreign"),
        ("中方占60%", exactly(40), "chinese"),
        ("国有股东占60%", exactly(40), "chinese"),
        ("our Chinese partner holds 60%", exactly(40), "chinese"),
        ("60% held by a local partner", exactly(40), "chinese"),
        ("60% Chinese-owned", exactly(40), "chinese"),
        ("two-thirds owned by the Chinese side", exactly(33.33), "chinese"),
        ("六成由中方持有", exactly(40), "chinese"),
        # The nearest word before the figure, within its clause.
        ("a foreign firm whose Chinese partner holds 60%", exactly(40), "chinese"),
        ("with a Chinese partner we hold 60%", exactly(60), "foreign"),
        ("with a Chinese partner, 60% foreign", exactly(60), "foreign"),
        # A bound turns round with its side.
        ("Chinese partner at least 51%", ShareRange(0, 49), "chinese"),
        ("中方持股51%以上", ShareRange(0, 49), "chinese"),
        ("中方不超过30%", ShareRange(70, 100, high_excluded=True), "chinese"),
        ("Chinese side less than 50%", ShareRange(50, 100, low_excluded=True, high_excluded=True), "chinese"),
        ("中方持股过半", ShareRange(0, 50, high_excluded=True), "chinese"),
    ],
)
def test_whose_share_it_is(text: str, share: ShareRange, side: str | None) -> None:
    (found,) = stated(text)
    assert found.share.low == pytest.approx(share.low)
    assert found.share.high == pytest.approx(share.high)
    assert (found.share.low_excluded, found.share.high_excluded) == (share.low_excluded, share.high_excluded)
    assert found.side == side


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("外方持股49%，中方持股51%", 49),
        ("中方持股51%，外方持股49%", 49),
        # What is said of the foreign side comes before what follows from the Chinese.
        ("中方持股60%，外方持股30%", 30),
        ("中方持股60%，比例55%", 40),
        ("we hold 49%, and once more: we hold 49%", 49),
    ],
)
def test_the_share_that_a_text_states(text: str, share: float) -> None:
    chosen = foreign_share(stated(text))
    assert chosen is not None
    assert chosen.share == exactly(share)


@pytest.mark.parametrize("text", ["a business", "we hold 30%, later we hold 40%", "中方30%，中方40%", "30%, 40%"])
def test_figures_that_contradict_each_other_state_none(text: str) -> None:
    assert foreign_share(stated(text)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A café, up to 30% foreign", "up to 30%"),
        ("a café, 30-40% foreign", "30-40%"),
        ("外资25%以上的公司", "25%以上"),
        ("between 30% and 40% foreign", "30% and 40%"),
        ("外方 49/51 合资", "49/51"),
    ],
)
def test_the_words_that_state_it(text: str, words: str) -> None:
    folded = fold(text)
    (found,) = shares_in(folded)
    assert folded[found.start : found.end] == words


@given(PERCENT)
def test_both_languages_and_both_sides_agree(share: int) -> None:
    ours = {only(text) for text in (f"{share}% foreign", f"外资占{share}%", f"外方百分之{han(share)}")}
    theirs = {only(text) for text in (f"Chinese partner holds {100 - share}%", f"中方占百分之{han(100 - share)}")}
    assert ours == theirs == {exactly(share)}


@given(PERCENT, PERCENT)
def test_a_range_reads_the_same_from_either_end(one: int, other: int) -> None:
    assert only(f"{one}% to {other}% foreign") == only(f"{other}%至{one}%外资")


@given(st.text("0123456789.%/:-中外方占持股不超过至到百分之成一二三half to or and foreign chinese,，", max_size=40))
def test_what_is_found_is_a_share_and_lies_in_the_text(text: str) -> None:
    folded = fold(text)
    ends = 0
    for found in shares_in(folded):
        assert 0 <= found.share.low <= found.share.high <= 100
        assert ends <= found.start < found.end <= len(folded)
        ends = found.end


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("日方占60%", 60.0),
        ("由台方持有40%", 40.0),
        ("港人出资30%", 30.0),
        ("平台方收60%", None),
        ("打印方案用60%", None),
        ("增加资本60%", None),
        ("生日方案60%", None),
        ("一台方便面机60%", None),
        ("创新商业60%", None),
    ],
)
def test_the_short_name_of_a_country_is_a_side_in_no_other_word(text: str, share: float | None) -> None:
    sides = {found.side for found in stated(text)}
    assert sides == ({None} if share is None else {"foreign"})
    chosen = foreign_share(stated(text))
    assert chosen is not None
    assert share is None or chosen.share == exactly(share)


# What strangers write, each with the foreign share that it states: a figure, a bound, a range, or none.
WRITTEN = """
50 | online game publisher, 50/50 with a Xining firm
50 | car wash chain, parties 50:50
50 | fifty-fifty with our distributor in Hefei, a cinema
50 | 双方各50%，做影院
50 | 和成都的朋友各占一半，开培训班
50 | 五五开，跟杭州一家公司做电商平台
50 | 外方持股一半的呼叫中心
50 | 跟本地人对半，开健身房
49 | ferry line on the Yangtze. The Greek side puts 49, the Chinese port group 51
45 | seed breeding, American 45 / Chinese 55
70 | feed mill. Our share 70, a local producer has 30
70 | IDC in Hohhot, a Hohhot builder takes 30 and we keep the rest
70 | local guy wants in on the bakery, he accepts 30% and leaves 70% with us
30 | client takes 3/10 of a market research firm
49 | 新加坡占49巴仙，在重庆做增值电信
60 | JV with 南昌 partner 60:40, the 60 is ours, market survey
48 | 日方占四成八，中方五成二，医院
40 | we'd take 4 of 10 shares in a hospital
100 | hundred percent foreign app store
100 | call centre, everything wholly ours
100 | my client keeps every share, travel agency
25.5 | we hold 25.5 in a news app
70 | 三七开，我们占七，做冷链
50 | ship repair; Danes 30, Swiss 20, Chinese 50
60 | 股东：德国人40%，法国人20%，苏州公司40%，做汽车零件
49 | Our Shenyang partner holds 51%, the remainder is ours. kindergarten
51 | French parent 51, Dalian state company 49, vocational school
35 | Korean investor 35 percent, the rest with a Yantai company. Drama production
35 | 韩国股东35%，其余归烟台公司，拍电视剧
75 | 75% us / 25% them, rice milling
30 | 30 for us, 70 for the Guangzhou publisher
30 | we get 30, they get 70: an e-book store
65 | 35% stays with the village co-op, the rest ours, fruit orchard
33.33 | one third each: we, a Wuhan fund and a Wuhan university
60 | 四六开，我方占六，仓储
40 | 四六分，我们拿四，做农产品电商
90 | foreign capital ninety percent, shipping agency
49 | 外資佔四成九，喺廣州開電訊公司
50 | 港商同內地拍檔各佔一半，搞戲院
100 | 全外資，唔要本地拍檔，開咖啡店
55 | 台商出資55%，大陸合作方45%，做雲端服務
20 | the Swede is in for a fifth, a Chinese maker holds the other four fifths
25 | a quarter is foreign, the rest with Chinese state owners; airline
80 | 80-20 in our favour, frozen food plant
80 | foreign:Chinese = 80:20, battery swap stations
20 | Chinese/foreign 80/20, airport ground services
45 | 中外双方55:45，做航空
45 | 中方55，外方45，通用航空
40 | 中方六成、外方四成，电影院
60 | 外六中四，电影院
70 | 我七他三，开餐厅
49 | 投资比例：甲方（中国）51%，乙方（德国）49%，飞机维修
49 | A: Chinese SOE 51%; B: Dutch firm 49%; dredging works
66.67 | two-thirds ours, local third, a brewery
66.67 | 我们三分之二，当地三分之一，酿酒
34 | A Japanese trading house with 34 pct in a rare earth trader
10 | Just a 10% stake for the fund, in an online bookstore
15 | minority stake of 15% in a stem cell lab
51 | we need 51% to consolidate, web hosting
60 | 60%, data centre in Wuhan
100 | 100% owned by a Danish pension fund, wind farm
100 | 百分百自己投，不找合伙人，开书店
100 | 香港母公司全资，做软件
100 | sole owner would be me, a Canadian, yoga studio
100 | nobody else in it, all the equity is ours: parcel delivery
0.5 | 外资仅占0.5%，卷烟批发
12.5 | we hold one eighth of a tv production house
49 | foriegn share 49%, basic telecom
49 | foreign stake of forty-nine percent in a ISP
49 | 外资股比 49 %，做ISP
49 | 外资比例为49，做ISP
49 | 外资股权占比：49%；行业：ISP
49 | equity: foreign 49, local 51. VSAT service
38 | Malaysia side 38%, Nanning side 62%. Durian stalls
38 | 馬來西亞方面38%，南寧方面62%，賣榴槤
62 | 南宁公司只占38%，剩下全归我们，卖榴莲
62 | Xuzhou partner gets 38, balance to us, excavators
30 | Our Thai client will have 30% and two Kunming families 70%, guesthouse
70 | Kunming families 15% each, Thai client the remaining 70%, guesthouse
49 | The Chinese group keeps 51%, so 49% is left for our Swiss client
20 | they offered us 20%, film distributor in Chengdu
80 | we sell 20% to a local fund and keep 80%, clinic
85 | local manager gets 15 %, clinic
85 | 给店长15%干股，其余85%是我们的，诊所
30 | 外资股東三成，電視購物頻道
50 | 外方和中方各出一半资金，出租车
50 | JV, equal shares, with Ningxia Water
50 | 双方股权相等，做水厂
51 | Pakistani investor holds fifty one percent, cold store
40 | Chinese parties hold sixty percent together, the Finn the rest
24.9 | 24.9% in a securities broker, a Singapore bank
50 | half-half with a Lanzhou company, karaoke bar
50 | equal partners with a Chinese firm, 50% each, a cinema
50 | We and the Zibo people go 50-50. Ceramics museum
50 | 合资双方股份对半分，开影城
50 | 一人一半，我和一个西安朋友，开酒吧
50 | 各出五成，跟长沙的公司做直播电商
50 | A fifty percent share each for us and Baotou Steel, scrap trading
50 | our stake is one half, ad agency
49 | The Norwegian puts in 49 and the Qingdao fishery bureau's company 51
35 | Canadian 35 - Chinese 65, potato seed
35 | Brazil group 35; Chinese state firm 65; soybeans breeding
80 | ours is 80, the rest goes to a dairy from Hulunbuir
45 | they (Chinese) hold 55, we hold 45. Aerial survey
40 | the local partner insists on 60%, which leaves us 40% of the mapping firm
40 | the local partner insists on 60 percent of the mapping firm
70 | manager in Harbin buys 30, parent keeps 70
49 | 马来西亚公司占四十九巴仙，做网络电话
51 | 英方51，津方49，职业学校
30 | JV split 30:70, the 30 being ours, publishing of magazines
70 | 7 out of 10 shares are ours, timber yard
100 | a hundred percent ours, bubble tea shops
100 | Holding all of it ourselves, a petrol station chain
100 | every last share stays with Zurich HQ, elevator upkeep
100 | 股份百分百都是母公司的，电梯维保
100 | 外商一个人全部出资，开民宿
100 | 全部都是我们自己的钱和股份，开民宿
80 | 二八开，我们八，做跨境电商
20 | 二八开，我们占二，做跨境电商
60 | holders: Austrians 25%, Italians 35%, Jinan Machine Works 40%
70 | 日本公司五成，新加坡公司两成，大连公司三成，做船
55 | Germans 30, Dutch 25, a Suzhou fund 45; lab animals
100 | Germans 30 and Dutch 70, lab animals
66 | 我们占66%，余下归内蒙古的牧场
66 | The Inner Mongolia ranch has 34%, the remaining shares belong to us
34 | 34% held by us and 66% by Chinese individuals; newspaper kiosk
25 | 25 us - 75 them; pay TV
60 | 60 to us and 40 to the school in Taiyuan
80 | 20% goes to the local landlord, all other shares to our group; parking app
30 | foreign money thirty percent, rail freight
30 | 外資三成，鐵路貨運
49 | 外方百分之49，中方百分之51，鐵路
50 | 大家一人一半，同深圳個朋友開診所
55 | 澳門公司佔55%，珠海公司佔45%，旅行社
90 | 臺灣股東九成，其餘一成係福州親戚，茶館
10 | a tenth for the American uncle, the rest family in Fuzhou
75 | three quarters ours, one quarter for the Kunming side, flowers
85 | 85/15 with us on top, wine import
15 | Chinese : foreign 85 : 15, nuclear valve works
60 | 外方：中方=60：40，核电阀门
49 | 中外持股比例为51%和49%，测绘
49 | 中外股比51比49，测绘
65 | 中三外七不行，改成中方三成半，外方六成半
30 | 中七外三，稀土加工
49 | 股东A（内资）占51%，股东B（外资）占49%，卫星导航
51 | party one, from Oslo: 51%; party two, from Ningbo: 49%. shipping agency
33.33 | a third is ours, the other two belong to Chinese founders, robotics
66.67 | 外方占三分之二，中方占三分之一，机器人
33 | 33 pct Turkish owned carpet web shop
19.9 | a 19.9% holding in a local bank by a Kuwaiti fund
5 | we buy five percent of a Chinese film studio
67 | 67% to keep full control, a web hosting company
49 | 49%, basic telecoms
100 | we own one hundred percent, chess club
100 | wholy forein owned, chess club
100 | no partners, just me from Peru, chess club
100 | 股东只有我一个外国人，开棋社
100 | 外资百分百，开棋社
1 | 1% foreign in a tobacco wholesaler
7.5 | 外资占7.5%，烟草批发
49 | forein shareholding 49 precent, ferry
49 | foreign sharholder 49%, ferry
49 | 外资持股比列49%，轮渡
49 | 外资持股比例：49 行业：轮渡
51 | shareholders: Madrid firm 51, Xiamen firm 49. ferry
51 | 马德里公司五十一，厦门公司四十九，轮渡
44 | Vietnamese party: 44 percent; Guangxi party: 56 percent
44 | 广西方占五十六，越南方占四十四，边贸市场
44 | 给广西合作方56%，其他都是我们的
30 | our Dutch client is fine with 30%, the Hebei farm gets 70%
80 | Hebei farms 10% each (two of them), Dutch client 80%
51 | The Chinese owner sells us 51% of his clinic
51 | 我们收购一家杭州诊所51%的股权
49 | we sell 51% to the Chinese, a news site
75 | 老板娘（本地人）占25%，诊所
40 | 三家股东：本地两家各三成，外方四成，做港口
40 | 中方六成由两家国企分，外方四成，做港口
50 | 50 percent ours and fifty theirs, port services
50 | JV with equal stakes held by Chinese and Korean sides
50 | 中韩双方持股相同，港口
49 | 49.0% foreign owned, tally of cargo
45 | Emirati investor has forty-five percent, halal food
60 | Chinese shareholders own forty percent together, the Kazakh rest
49 | We (a Basel firm) would own 49; the Nanjing people own 51. Web portal.
60 | Three of us: me 40%, my Peruvian brother 20%, Mr. Zhang from Jinan 40%. Language school
70 | Splitting it 70 (us) / 30 (them), cold storage
30 | 甲方三成是我们，乙方七成是国企，做输电
51 | 母公司拿51，剩下49给昆明的朋友
33 | Austrian holding: 33. Chinese university: 67. Seeds lab
45 | 外国股东合计45%，其中日本25%、韩国20%，做卫星电视
45 | foreign shareholders together 45%, of which Japan 25% and Korea 20%, satellite dishes
20 | 首期外方出资20%，做云
30 | we buy 30% from the founder, who keeps 70% of the clinic
49 | 49 % foreign / 51 % Chinese, ISP in Dalian
51 | we need the 51%, partner can have the 49%
30 | Chinese firm will hold 70 percent of shares, my client 30, in online news
100 | the whole 100% belongs to our Oslo parent, car leasing
100 | all of the capital is Greek, yacht charters
10 | our fund would hold a passive 10% of a rare-earth separator
65 | 合作方承诺出35%，其余我们出
35 | We'd contribute 35% of capital, Wuxi side 65%, medical lab
50 | 股比对半，双方各派董事
40 | German mother company (40%) plus two Chinese natural persons (60%)
40 | 两位中国自然人合计60%，德国母公司40%
90 | 法国人九成 本地一成 面包店
25 | 外资持股四分之一的寿险
75 | 外方出资额占注册资本的75%
75 | 注册资本1000万，外方认缴750万即75%
20 | sells 20% of an existing Chinese TV producer to us
49 | 中国股东占大头51%，我们49%
40 | Hello, our client from Porto sells cork floors online in 12 countries and had 30% growth. For China they would take 40% of a new web shop company, the rest being held by their distributor in Foshan.
51 | Intake: investor Haifa Robotics; target Tianjin; shareholding 51% Haifa Robotics, 49% Tianjin Industrial Park Co.
55 | 咨询：客户是韩国化妆品公司，去年营业额涨了25%，想和广州代理商成立合资公司，客户55%，代理商45%，做直播带货
49 | 我哋係香港公司，想同東莞廠合作開數據中心，我哋49%，佢哋51%
50 | Two owners, half Dutch, half Chinese; mapping software
25 | We already hold 25% of a Changsha clinic; may we keep it?
75 | Raising our stake from 50% to 75% in a Changsha clinic
34 | Zambian copper group (34%), Jiangxi Copper (66%): rare metal smelting
49 | 外商49%（其余国资），建城市供水管网
30 | 民办高中，合作办学，外方出资比例30%，中方校长
20 | 新股东是越南基金，占20%；原股东（山东）占80%；粮食收储
80 | Peruvian side - 80 pct. Chinese side - 20 pct. Fish meal
20 | Peruvian side - 20. Chinese side - 80. Fish meal
60 | 60/40 in favour of the Belgians, beer
40 | 60/40 in favour of the Chinese side, beer
50 | Parity joint venture 50 : 50, chemical tankers
51 | Controlling 51% for Singapore parent, minority 49% for Yunnan state fund; rubber plantation
49.9 | up from 30%, foreign share will be 49.9% — payment terminal maker
100 | 外方一家独大，百分之百控制，煤化工
10 | foreign passive investors 10% in total, A-share seed company
25 | 三位股东，外方25，中方40，中方35，港口
70 | our side seventy, their side thirty, wine cellar
60 | 外方持股由40%提高到60%，医院
49 | foreign share to be cut from 60% to 49%, pay TV
<50 | talent agency, client only wants a minority
>50 | 外资占大头的律师翻译公司
<50 | 我们当小股东，对方是国企，做地图
<=49 | not over 49% for us, VoIP
<=30 | foreign side capped at 30%, radio equipment leasing
>50 | we'd want more than half of it, a mobile game studio
>50 | 外方要过半数，做增值电信
40..60 | 60:40 JV running a theatre
49..51 | 49/51 JV for general aviation
30..70 | 合资比例三七开，一家物流公司
40..60 | 四六开的合资公司，做仓储
<50 | 外方参股一家新闻网站
<50 | foreigners hold less than half, satellite TV kit
>50 | majority foreign, tutoring after school
<50 | majority Chinese, tutoring after school
>50 | our client wants control, over 50%, of a survey company
>=25 | 外资不低于25%的合资企业，做模具
<50 | 外资比例不到一半，做测绘
20..30 | 20 to 30% from us, rest Chinese, mapping drones
<50 | parent prefers to be a minority holder, TV shopping
<50 | we would stay the minority partner in a rocket company
>50 | we'd be the bigger shareholder, rice breeding
>50 | 外方是大股东，做水稻育种
<50 | 老外只是小股东，水稻育种
>50 | 股权我们占多数，电竞公司
<50 | 股权中方占多数，电竞公司
<=50 | foreign at most half, VPN for companies
<=49 | 外方顶多四成九，网络电话
<=20 | we'd accept 20% or below in a newspaper
>50 | Swiss want the majority of an insurance broker
>50 | 美方要控股，保险经纪
<50 | 国企要控股，保险经纪
>=67 | no less than 67% must be ours, steel pipes
40..60 | 40/60 joint venture, medical centre
49..51 | 股比49：51的合资公司，通用航空
20..80 | 二八开的合资企业，做物流
25..75 | a 75-25 JV for soft drinks
<50 | less than half would be foreign, TV drama
<50 | a minority foreign interest, film distribution
>50 | mostly foreign owned, film distribution
>50 | foreign-controlled human stem cell firm
<50 | Chinese-controlled telecom reseller with foreign money
>=30 | 外资三成以上，出版印刷
<50 | foreign below fifty percent, printing of books
30..40 | we'd have thirty to forty percent, printing of books
<50 | 我们持股不超过半数就行，做网约车
>=51 | 外方51%以上控股，做证券
<=33 | foreigners may hold no more than 33%, radio production
<50 | Chinese side wants majority, kindergarten
>50 | majority ours, kindergarten
<50 | the foreigners shall never exceed half of it — less than 50% — TV station supplier
<=49 | 外资上限49%，我们就按这个上限做，航空
30..40 | a foreign share anywhere from 30% to 40%, pay TV
none | we pay the agent a commission of 3%, online shop
none | revenue grew 30% last year, want to open a gym in Ningbo
none | 60% of revenue comes from ads, a podcast app
none | VAT 13% on top, sell toys online
none | 用户增长了80%，想做短视频
none | 毛利率40%的奶茶店
none | a factory running at 70% capacity, makes drones
none | 我们在越南那家公司持股60%，现在想在昆明开一家咖啡店
none | 合资办一所幼儿园
none | JV with a local partner for cloud hosting
none | tariff cut by 25%, want to import wine
none | we give 20% of shares to employees abroad
none | 电池效率98%，开工厂
none | 折扣30%的奥特莱斯商场
none | an app that keeps 15% of each ride
none | 平台抽成8%，打车软件
none | 利率5%的贷款，开医院
none | occupancy 85%, we run serviced flats
none | 99.9% uptime cloud hosting
none | pays a 10% dividend, wine import
none | 5成新的二手车买卖
none | 80% of our customers are schools, sells desks
none | 板块90%的原料进口，做饲料
none | two Kunming families own it; Thai chef hired, restaurant
none | inflation 2%, want to open a bank
none | half the price of others, online pharmacy
none | 一半时间在中国，想开翻译公司
none | our bank gave us a loan at 4.5%, a laundry
none | app charges 12% commission, food delivery
none | we have 30% market share in Japan, tyres
none | 销售额年增35%的饮料品牌，想进中国
none | 九成客户是老人，做养老院
none | alcohol 40%, sells liquor online
none | we own 80% of a Thai hotel and now want one in Sanya
none | 去年卖掉了德国子公司30%的股份，现在想在青岛做啤酒
none | screen is 16:9, 60% brightness, sell TVs
none | 工期完成70%的商场
none | 食品含糖50%的糖果厂
none | income tax of 25%, accounting firm
none | deposit of 30% upfront, study tours
none | ratio of teachers to pupils 1:9, private school
none | 男女比例四六开的相亲网站
none | 找一家国企合资，做铁路货运
none | our Chinese partner is a big SOE, shipping
none | import duty 15% down to 5%, cars
none | 10% of shares in an employee pool
none | 机器人覆盖率95%的仓库
none | 打八成折的服装店
none | every ride costs 20% less, taxi app
none | 退货率20%的服装电商
none | a loan at 60% LTV, malls
none | humidity 60%, wine cellar rental
none | 100% organic milk shop
none | 成功率三成的试管婴儿诊所
none | half-day tours in Guilin
none | unemployment 5%, recruitment agency
none | 二手货半价卖的网店
none | half of the staff are French, bakery
none | Our shop in Lyon had 40% more visitors; want a shop in Suzhou selling wine
none | 60 people, 40 of them Chinese, animation studio
none | We teach 40 hours, local school 60 hours, online courses
none | 50 seats for foreigners, 50 seats for Chinese, cinema
none | 30% cheaper than Didi, taxi app
none | 0.3% fee per payment, e-wallet
none | 交易手续费0.6%，做支付
none | 毛利60%，外卖平台
none | Growth 40% y/y. Want a Chinese entity for SaaS
none | VAT refund 13% service for tourists
none | 国内市场占有率30%的品牌想开电商
none | 男女比例50:50的婚恋网站
none | the mix is 50/50 cotton and linen, clothing factory
none | 50/50 chance we win, bid for theatre
none | 房价7折，外籍客户多
none | ethnic minority languages app
none | minority owned restaurants guide app
none | majority of users are women, fitness app
none | We charge hotels 10% per booking and guests nothing, hotel booking site in China
none | Our Chinese users make up 60% of traffic; we want a licence for our news app
none | 外教比例30%的双语幼儿园
none | 外籍员工占40%的软件公司
none | 外国客户占七成的翻译社
none | Chinese partner still unknown; rubber plantation
none | 产品合格率99%，年产能提高15%，瓷砖厂
none | employees get 5% bonus, call centre
none | 30 seats ours, 70 seats theirs, shared office
45 | Two Oslo families with 25 and 20 percent, a Chinese ferry line with the other 55.
60 | Three Swiss pension funds have 30, 20 and 10 percent; everything else is Chinese. Ropeways.
70 | Four Thai investors, holding 30, 20, 10 and 10 percent; the remaining 30% is local.
45 | 两家日本商社分别持股30%和15%，其余55%归宁波企业，做模具
40 | 兩位韓國股東各出兩成五和一成五，剩下六成是中方的，做泡菜
70 | 两家新加坡公司一家占四成、一家占三成，另外三成归苏州国企
85 | 两位店长分别拿10%和5%，其余都是我们的，诊所
75 | Four equal partners, three Italian and one Chinese: espresso machines.
66.67 | Three equal holders, one Chinese, the others Austrian. Skis.
33.33 | Three partners with a third each: one is Dutch, two are Chinese. Bulbs.
40 | Five investors at 20 each, two are Korean and the others Chinese. Ferries.
66.67 | 三方等额入股，两方是外国企业，一方是本地合作社，种花
40 | 五个合伙人各占两成，两个是越南人，三个是中国人，做木器
66.67 | One third each: Osaka, Turin and a Chinese toolmaker. Product: drill bits.
50 | 东京公司、首尔公司、杭州公司和绍兴公司各占四分之一，做印染
100 | A Lyon couple would run a bakery in Kunming, half each.
100 | 两家荷兰公司各占一半，没有中方，做花卉
100 | 首尔的三姐妹各出三分之一，在威海开美容院，不找中国股东
50 | 兩家股東各佔一半，一家是日商，一家是陸資，做軸承
40 | The Chinese mine operator puts in 60 per cent and the rest is Vancouver's: copper tailings.
90 | All but ten percent belongs to Osaka; the ten go to a Chinese distributor: scales.
40 | 桂方五分之三，泰方五分之二，做橡胶
49 | Ningbo holds 51 in the lift parts company, Lyon holds the rest.
65 | A Bergen company is to take over 65% of a Nantong crane builder from its Chinese owners.
70 | 米兰来的投资人跟绍兴老板三七开办面料厂，米兰那边拿七
30 | 三七开，外方拿小头，中方拿大头，做瓷砖
40 | 四六分，日方四，中方六，做染料
70 | Split 70/30, the larger part for Osaka, the smaller for the Ningbo side; joint venture in brushes.
50 | Equal halves for Osaka and the mainland party in a printing works.
<=50 | Osaka will take fifty percent at the very most, a cinema projector venture.
<=49 | 外资49%封顶，做航空货运
<=25 | 东京的印刷商想投国内包装企业，比例在四分之一以内，含四分之一
<50 | 外资低于一半的测绘公司
>=50 | 外方持股一半以上，做模具
>=50 | Somewhere between half and the whole would be Finnish: cranes.
51 | Osaka buyers acquire fifty-one out of every hundred shares of a Jinan drug maker.
none | Dundee jam maker, sales growth last year was twelve percent, can we open shops in Beijing?
none | A Lima importer keeps 8% agent's fee on each sale, may we trade tea?
none | 奥地利公司，年回报预期12%，做风电运维
none | 香港人投资，利得税16.5%我知道，开汽修店
none | 業績去年成長三成，想在廈門開事務所
none | Two companies, each with 60 staff, one is Chinese and one is German, make welding wire.
none | 三家公司各有20名员工，两家是日本公司，一家是中国公司，做焊丝
none | Three flavours at 20 each, two are Korean and one is Chinese; instant noodles shop.
none | The platform keeps all but 20% of the ticket price; a Swiss ticket site.
49 | The foreign share of the sales company is 49%, tyres.
49 | 平台方占51%，外方占49%，做外卖平台
<=30 | 外资比例上限为30%，做广播
>=25 | 外资最低25%，做玩具
>=51 | At the very least 51% must be ours: drills.
100 | The two Berlin sisters each own half; no Chinese partner. Dolls.
50 | Six shareholders of equal size, three Japanese and three Chinese, run a lens grinding firm.
none | We pay a 6 percent import duty; can a Bergen fish trader open in Dalian?
<=50 | Vienna brewer wants no more than half of a joint venture in hops
<=50 | Brussels rail company wants not more than half of a joint venture building metro lines
>=50 | Not less than half must be ours, says the Lisbon cork maker about the JV
<=49 | Our Toronto side must not go above 49% in the tutoring company
<=30 | At most a 30% stake for the Warsaw fund
<=49 | 我方（台灣）最多只拿百分之四十九，與陸資合資經營網路購物平台
<=49 | 外方持股不能超过百分之四十九
>=51 | 澳洲矿业公司投江西锂矿，我们持股不得低于51%
70 | Chinese ownership no more and no less than 30%, the other 70% American. Radio advertising agency.
30..40 | 首尔公司，三亚免税店合资项目，我们占三到四成
20..30 | 法国公司打算占二三成，做香水
30..40 | 外方占百分之三十到四十，做汽配
30..40 | 意大利方占百分之三四十
0..30 | Berlin media firm: zero to 30 percent for us in a JV for a streaming service, Chinese side decides
15..25 | 香港上市公司準備向內地一間現有小額貸款公司買一成半至兩成半股權
33.33..50 | a Porto firm takes a third to half of the JV
51 | 英国资管公司占百分之五十一，与国内券商成立合资基金公司
60 | 泰国国企持股60%，做橡胶
24 | two foreign funds, one from Qatar and one from Kuwait, are each buying 12% of a Chinese bank
24 | 卡塔尔和科威特两只基金各买一家城商行12%的股份
none | 两家德国公司和一家中国公司各持30%
49 | They (Hunan and Hubei companies) hold 26% and 25%. What remains is for us, a Texas corporation.
45 | Osaka and Kobe firms hold 25% and 20%, the rest is Chinese
24..49 | the foreign holders are at 25% and 24% of a lift maker
25..49 | at least 25% but at most 49% would be Danish
25..49 | 外方不超过49%但不低于25%
<30 | 外资没到30%
>30 | 外方持股逾三成
55..65 | Gothenburg trucks. Joint venture with a Sichuan company, they want 35 to 45 percent and we take everything else
60..70 | 中方占三到四成，其余归德国公司
75 | 10% and 15% go to two local managers, the rest is ours (Paris)
95 | 名古屋企业要买绍兴一家老黄酒厂的95%，原老板留5%
50 | Oslo shipowner buys half of an existing ship repair yard in Zhoushan
50 | 台灣公司與福建公司合資經營養老院，雙方各半
50 | 本人尼日利亚人，广州朋友占另外一半，一起合资开公司出口假发
50 | I'm from Ghana; my Chinese friend takes the other half
66.67 | Equal thirds: two Japanese firms and one from Jiangsu establish a joint venture for industrial robots
66.67 | 两家日本企业加江苏一家，三方平分股权，合资生产工业机器人
50 | 四方均股的合資公司：兩家陸資，一家台資，一家韓資，做鋰電池材料
70 | for every ten shares, seven are Singaporean and three are the Sichuan partner's. Hot pot sauce
70 | Seven of every ten shares are ours, a Canadian timber firm
60 | 每十股里六股归德国股东
90 | JV for honey: the partner in Anhui has a token tenth, all other shares are in Auckland hands
45 | 四五比五五，台方是四五，合資種植有機蔬菜，地點在海南
40 | 內地有兩個股東，佛山嗰個佔35%，中山嗰個佔25%，剩低嘅係我哋香港公司，合資做燈飾
51 | Macao service supplier, JV in Hengqin for insurance brokerage, we have 51
100 | Two parents own it, both in Munich: 70 and 30 percent. Brakes.
100 | 三个创始人，一个意大利人一个西班牙人一个阿根廷人，股份全在我们手里，在厦门开餐厅
49 | jv for warehouses in Chongqing with a local partner on 51
<=49 | genetic testing lab as jv, foreign side no more than 49
<=49 | 合资开医院，外方不超过49，可以吗
40..49 | Thai hotel group, jv resort, somewhere between 40 and 49 for us
30..40 | 合资做酒店，我们要30到40，泰国公司
35 | 100% organic cotton, joint venture spinning mill, Turkish side gets 35
80 | a Chinese fund comes in, so it becomes a joint venture and we go down to 80. Israeli
36 | 合資公司入面我哋港方而家有45，內地基金認購新股之後攤薄到36，做環保回收
15 | angel investor from California buying 15 points in a chinese chip startup
40 | split 6:4 and we are the 4, sunflower oil jv, Ukraine
80 | 股份二八，我們台灣這邊八，跟福州的人合資種茶
50 | 我們兩家台灣公司各25，對岸那家一半，合資做自行車
60 | 合资做电池回收，两家国内公司每家拿20，剩下都归我们瑞典公司
70 | 我和我哥都是新西兰人，我40他30，余下是中国朋友的，合资养马
34 | 爱尔兰飞机租赁，合资公司里投票权给我们51%，但股份就34%
30 | we get 51% of the voting rights but hold 30% of the equity, Greek, joint venture
100 | 先付30%定金，收购的是整个公司一股不留，巴基斯坦买家
<=50 | joint venture for satellite parts, german share never above half
none | the joint venture opens with 40 rooms and 35 staff, Spanish
none | French bakery in a joint venture, we have 12 shops and our partner has 30 people
none | JV kiln that goes up to 80 degrees, Turkish
none | 我们合资办学，要收45个学生，英国学校
none | customers get 20 points per order, joint venture loyalty app, Japanese
none | Our partner is 45 and we are 30, joint venture to open a gym, Brazilian
none | we keep 15 in stock, partner gets 20, Chinese clients buy 30 monthly, trading firm from Oman
none | 與戲院商合資，票房分帳57%，增值稅6%，我哋係港資
none | Our shop has 51 screens and we have 40 cooks, from Rome
none | The Spanish firm buys half of its cotton from Xinjiang
none | Not more than half of the staff are Chinese, a Dutch school
none | Each of the two Danish shops sells 12% more
none | 十股大风吹来，德国风机公司
none | 三四成的客户是老人，日本养老院
none | 双方各半天轮班，英国诊所
none | We export 60% of what we make, a Polish furniture maker; may we build in Nantong?
none | 税费占成本的15%，外资物流公司
"""


@pytest.fixture(scope="module")
def read(engine: Engine, today: date) -> Callable[[str], Proposal]:
    return lambda text: engine.reader.read({"activity": text}, today).proposal


def shown(proposal: Proposal) -> str:
    """The foreign share as the table writes it."""
    if proposal.foreign_share is None:
        return "none"
    share = proposal.foreign_share.value
    if not isinstance(share, ShareRange):
        return f"{share:g}"
    if share.low == 0 and share.low_excluded:
        return f"{'<' if share.high_excluded else '<='}{share.high:g}"
    if share.high == 100 and not share.high_excluded:
        return f"{'>' if share.low_excluded else '>='}{share.low:g}"
    return f"{share.low:g}..{share.high:g}"


@pytest.mark.parametrize(("share", "text"), [line.split(" | ", 1) for line in WRITTEN.strip().splitlines()])
def test_what_strangers_write(read: Callable[[str], Proposal], share: str, text: str) -> None:
    assert shown(read(text)) == share


WORDS = [
    "49", "51", "60%", "0%", "30.5%", "٣", "half", "a", "third", "of", "quarter", "we", "us", "they", "partner",
    "the", "rest", "JV", "split", "6:4", "0/0", "三七开", "四成", "六成半", "百分之三十", "五分之三", "一半", "外方", "中方", "我们", "占",
    "持股", "其余", "归", "buy", "sell", "another", "from", "to", "20", "points", "at", "most", "up", "to", "no", "more",
    "than", "不超过", "至少", "以上", "each", "two", "funds", "three", "两家", "各占", ",", ";", ".", "。", "，", "and", "or",
    "再买", "转让", "100%", "1000", "half-half", "五五开", "equal", "thirds", "one", "ten", "percent", "3", "of", "5",
    "million", "出三千万", "put", "in", "十股", "七股", "everything", "but", "成", "比", ":", "二八", "股份", "diluted", "down",
    "stake", "his", "把", "的", "也",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from(["", " "]))
def test_words_for_shares_in_any_order_state_shares_or_nothing(words: list[str], joint: str) -> None:
    for found in stated(joint.join(words)):
        assert 0 <= found.share.low <= found.share.high <= 100
