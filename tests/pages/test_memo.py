"""The memo: the same content on a page, as PDF and as DOCX, in one language or both, whatever the text holds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from flask.testing import FlaskClient
from playwright.sync_api import Page
from pypdf import PdfReader
from werkzeug.test import TestResponse

TEXT = "a data centre in Wuhan, 60% ours"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Markup of HTML, typst and XML, a turn of the direction of writing, and a word without a place to break.
HOSTILE = (
    "data centre <script>alert(1)</script> #panic() $x$ *b* _e_ `c` = h @ref // # [x] \\u{41} ${1} {{ 7*7 }} ]]> &lt; "
    '"); \u202eabc \uffff ' + "x" * 200
)


def text_of(response: TestResponse) -> str:
    """The text of a PDF, the zero-width spaces that break long words taken out."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.data)).pages).replace("\u200b", "")


def paragraphs(response: TestResponse) -> str:
    document = Document(BytesIO(response.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def page_text(response: TestResponse) -> str:
    return response.text


READERS: dict[str, Callable[[TestResponse], str]] = {"html": page_text, "pdf": text_of, "docx": paragraphs}


@pytest.fixture
def memo(client: FlaskClient) -> Callable[..., TestResponse]:
    def sent(status: int = 200, **fields: Any) -> TestResponse:
        response = client.post("/memo", data=fields)
        assert response.status_code == status, response.text
        return response

    return sent


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["Restricted", "Permitted as proposed: no", "What would change the answer", "Telecommunications"]),
        ("zh", ["限制", "按所述方案：不可以", "可改变结论的情形", "电信公司"]),
        ("both", ["Restricted", "限制", "Authorities", "依据"]),
    ],
)
def test_every_format_tells_the_same_in_the_language_asked(
    client: FlaskClient, memo: Callable[..., TestResponse], kind: str, lang: str, told: list[str]
) -> None:
    response = memo(activity=TEXT, lang=lang, format=kind, ref="案号 17/甲")
    read = READERS[kind](response)
    receipt = client.post("/v1/determinations", json={"activity": TEXT, "ref": "x"}).json["receipt"]
    for words in (TEXT, receipt, "案号 17/甲", *told):
        # A line may break anywhere between Chinese characters.
        assert words.replace(" ", "") in read.replace("\n", "").replace(" ", ""), words
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Language"] == {"both": "zh, en"}.get(lang, lang)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_file_is_named_after_its_receipt_and_not_after_the_proposal(
    memo: Callable[..., TestResponse], kind: str
) -> None:
    disposition = memo(activity=TEXT, format=kind).headers["Content-Disposition"]
    assert disposition.endswith(f".{kind}")
    assert "data" not in disposition


@pytest.mark.parametrize(
    ("accept", "media"), [(PDF, PDF), (DOCX, DOCX), ("text/html", "text/html"), (None, "text/html")]
)
def test_the_format_may_be_asked_for_by_accept(client: FlaskClient, accept: str | None, media: str) -> None:
    headers = {} if accept is None else {"Accept": accept}
    response = client.get("/memo", query_string={"activity": TEXT}, headers=headers)
    assert (response.status_code, response.mimetype) == (200, media)
    assert "Accept" in response.headers["Vary"]
    assert client.head("/memo", query_string={"activity": TEXT}, headers=headers).status_code == 200


def test_a_determination_leads_to_its_memo(client: FlaskClient) -> None:
    body = client.post(
        "/v1/determinations", json={"activity": TEXT, "foreign_share": 33.5, "location": "Shanghai", "lang": "zh"}
    ).json
    page = client.get(body["links"]["memo"])
    assert body["receipt"] in page.text
    assert body["summary"] in page.text


def test_json_is_read_as_well(client: FlaskClient) -> None:
    response = client.post("/memo", json={"activity": TEXT, "foreign_share": 40, "lang": "both", "format": "pdf"})
    assert (response.status_code, response.mimetype) == (200, PDF)


def test_fields_left_empty_in_a_form_are_absent(memo: Callable[..., TestResponse]) -> None:
    assert "40%" in memo(activity="call centre", foreign_share="40", location="", form="", as_of="").text


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"activity": TEXT, "lang": "fr"}, "lang"),
        ({"activity": TEXT, "format": "odt"}, "format"),
        ({"activity": TEXT, "foreign_shar": "4"}, "foreign_share"),
        ({"activity": TEXT, "foreign_share": "400"}, "foreign_share"),
        ({"activity": TEXT, "foreign_share": ["4", "5"]}, "foreign_share"),
        ({"activity": TEXT, "location": "Atlantis"}, "location"),
        ({"lang": "en"}, "activity"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client: FlaskClient, fields: dict[str, Any], named: str) -> None:
    for response in (client.get("/memo", query_string=fields), client.post("/memo", data=fields)):
        assert response.status_code in (400, 422)
        assert named in response.text
        assert response.headers["Cache-Control"] == "no-store"


def test_an_unknown_format_is_not_acceptable(client: FlaskClient) -> None:
    response = client.get("/memo", query_string={"activity": TEXT}, headers={"Accept": "application/json"})
    assert response.status_code == 406


@pytest.mark.parametrize("kind", READERS)
def test_hostile_text_is_told_and_never_obeyed(memo: Callable[..., TestResponse], kind: str) -> None:
    response = memo(activity=HOSTILE, format=kind, ref=HOSTILE[:150], lang="both")
    read = READERS[kind](response)
    if kind == "html":
        assert "<script>" not in read
        assert "&lt;script&gt;alert(1)" in read
        assert "{{ 7*7 }}" in read
    else:
        flat = read.replace("\n", "").replace(" ", "")
        for words in ("<script>alert(1)</script>", "#panic()$x$*b*_e_`c`=h@ref//#[x]\\u{41}${1}{{7*7}}]]>&lt;"):
            assert words in flat
        assert "x" * 200 in flat


@pytest.mark.parametrize("kind", READERS)
def test_the_longest_proposal_is_told_whole(memo: Callable[..., TestResponse], kind: str) -> None:
    names = ("数据中心", "网络游戏运营", "呼叫中心", "电子商务平台", "新闻信息服务", "图书出版", "电影院", "云计算")
    text = ("、".join(names) + "。") * 60
    read = READERS[kind](memo(activity=text[:2000], format=kind, lang="zh"))
    flat = read.replace("\n", "").replace(" ", "")
    assert text[:2000] in flat
    assert "仅供参考，不构成法律意见" in flat


def test_the_pdf_is_archivable_tagged_and_carries_its_fonts(memo: Callable[..., TestResponse]) -> None:
    reader = PdfReader(BytesIO(memo(activity=TEXT, format="pdf", lang="both").data))
    assert len(reader.pages) == 2  # One for each language.
    assert reader.metadata is not None
    assert reader.metadata.title == "外商投资准入备忘录 / Foreign investment access: memorandum"
    root = reader.root_object
    assert root["/Lang"].startswith("zh")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    declared = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2" in declared
    assert "<pdfuaid:part>1" in declared
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            names.add(font["/BaseFont"].partition("+")[2])
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
            assert "+" in font["/BaseFont"], "the whole font, not a subset"
    assert any("NotoSerifSC" in name for name in names)


@pytest.mark.parametrize("text", ["data centre 😀", "数据中心 \ue000", "data centre 한국", "data centre \U00020bb7"])
def test_a_character_that_no_font_has_is_no_failure(memo: Callable[..., TestResponse], text: str) -> None:
    assert "data centre" in text_of(memo(activity=text, format="pdf")) or "数据中心" in text


def test_the_docx_has_styles_and_faces_for_both_scripts(memo: Callable[..., TestResponse]) -> None:
    document = Document(BytesIO(memo(activity=TEXT, format="docx", lang="both", ref="matter 17").data))
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "SimSun"
    assert {"Title", "Heading 1", "List Bullet", "Quote"} <= {item.style.name for item in document.paragraphs}
    assert len(document.sections) == 2
    assert document.sections[0].footer.paragraphs[0].text.startswith("nlr1:")
    assert document.sections[1].header.paragraphs[0].text == "matter 17"
    assert document.core_properties.author == ""


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("both", "dark")])
def test_the_page_keeps_nobody_out(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], lang: str, scheme: str
) -> None:
    path = f"/memo?activity=a+data+centre+in+Wuhan&lang={lang}"
    page = visit(path, color_scheme=scheme, viewport={"width": 360, "height": 800})
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="中文").press("Enter")
    page.wait_for_url("**/memo")
    assert page.locator("article").count() == 1
    assert page.locator("article h1").inner_text() == "外商投资准入备忘录"
