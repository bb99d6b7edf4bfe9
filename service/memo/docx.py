"""Memoranda as DOCX, with styles of their own and fonts for both scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from negative_list.memorandum import Authority, Group, Memorandum, Row, Section

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HUES = {"open": "17663A", "restricted": "855000", "prohibited": "A01C27", "undetermined": "57458F"}
FAINT = "565D66"
HAIR = "D5DAE0"
# Faces that Word carries: one for reading and one for headings, each with its Chinese partner.
READING = ("Cambria", "SimSun")
HEADING = ("Calibri", "SimHei")
TEXT_WIDTH = Mm(170)
# XML holds every other character that a request may hold.
_NO_XML = re.compile("[\ufffe\uffff]")


def write(memos: Sequence[Memorandum], moment: datetime) -> bytes:
    """The memoranda one after the other, each on pages of its own; `moment` is the time of making."""
    document: Doc = Document(BytesIO(blank()))
    properties = document.core_properties
    properties.title = " / ".join(memo.title for memo in memos)
    properties.subject = memos[0].receipt
    properties.language = ", ".join("zh-CN" if memo.lang == "zh" else "en" for memo in memos)
    properties.created = properties.modified = moment.astimezone(UTC).replace(microsecond=0)
    for index, memo in enumerate(memos):
        if index:
            document.add_section(WD_SECTION.NEW_PAGE)
        _Writer(document, memo).write()
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@cache
def blank() -> bytes:
    """An empty document of A4 with the styles, made once."""
    document: Doc = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(20), Mm(18)
    page.header_distance = page.footer_distance = Mm(9)
    _style(document, "Normal", READING, 10, after=3)
    _style(document, "Title", HEADING, 19, after=4)
    _style(document, "Heading 1", HEADING, 11, before=11, after=3)
    _style(document, "Heading 2", HEADING, 10, before=5, after=2)
    _style(document, "List Bullet", READING, 10, after=2)
    _style(document, "Quote", READING, 10, after=3)
    _style(document, "Header", HEADING, 8, colour=FAINT)
    _style(document, "Footer", HEADING, 8, colour=FAINT)
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    document.styles["Quote"].paragraph_format.left_indent = Mm(5)
    document.styles["Quote"].font.italic = False
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _style(
    document: Doc, name: str, faces: tuple[str, str], size: float, *, before: float = 0, after: float = 0,
    colour: str = "1B2026",
) -> None:  # fmt: skip
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.size, style.font.bold = Pt(size), False
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script, face in zip(("ascii", "hAnsi", "cs", "eastAsia"), (*faces[:1] * 3, faces[1]), strict=True):
        fonts.set(qn(f"w:{script}"), face)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "zh-CN")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)


class _Writer:
    """Writes one memorandum at the end of a document."""

    def __init__(self, document: Doc, memo: Memorandum) -> None:
        self.document = document
        self.memo = memo

    def write(self) -> None:
        memo = self.memo
        self._margins()
        self._paragraph(memo.title, "Title")
        self._run(self._paragraph("", "Header"), "   ".join(f"{row.label} {row.value}" for row in memo.head))
        self._section(memo.question)
        self._answer()
        for section in memo.sections:
            self._section(section)
        if memo.authorities:
            self._paragraph(memo.authorities_heading, "Heading 1")
            self._authorities(memo.authorities)
        self._section(memo.record)
        self._run(self._paragraph("", "Normal"), memo.notice, colour=FAINT, size=9)

    def _margins(self) -> None:
        """Header and footer of the pages."""
        section, memo = self.document.sections[-1], self.memo
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
        above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._run(above, next((row.value for row in memo.head[2:]), ""))
        below.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        self._run(below, memo.receipt + "\t")
        _field(below, "PAGE")
        self._run(below, " / ")
        _field(below, "NUMPAGES")

    def _section(self, section: Section) -> None:
        self._paragraph(section.heading, "Heading 1")
        if section.text:
            self._paragraph(section.text)
        if section.quote:
            _rule(self._paragraph(section.quote, "Quote"), HAIR)
        if section.rows:
            self._rows(section.rows)
        for group in section.groups:
            self._group(group)

    def _answer(self) -> None:
        memo, hue = self.memo, HUES[self.memo.status]
        self._paragraph(memo.answer_heading, "Heading 1")
        verdict = self._paragraph("")
        self._run(verdict, memo.status_word, colour=hue, size=15, faces=HEADING)
        self._run(verdict, "   " + memo.outcome_word, faces=HEADING)
        verdict.paragraph_format.keep_with_next = True
        for paragraph in (verdict, self._paragraph(memo.summary)):
            paragraph.paragraph_format.left_indent = Mm(3)
            _rule(paragraph, hue, 18)

    def _group(self, group: Group) -> None:
        if group.label:
            heading = self._paragraph(group.label, "Heading 2")
            if group.note:
                self._run(heading, "  " + group.note, colour=HUES.get(group.status, FAINT), size=9, faces=READING)
        for point in group.points:
            paragraph = self._paragraph("", "List Bullet")
            if point.lead:
                self._run(paragraph, point.lead + " ", bold=True)
            self._run(paragraph, point.text)
            if point.cites:
                self._run(paragraph, f" [{', '.join(map(str, point.cites))}]", colour=FAINT, size=8.5, faces=HEADING)

    def _rows(self, rows: Iterable[Row]) -> None:
        table = self._table((Mm(38), Mm(132)))
        for row in rows:
            label, value = table.add_row().cells
            self._run(label.paragraphs[0], row.label, colour=FAINT)
            self._run(value.paragraphs[0], row.value)
            if row.note:
                self._run(value.paragraphs[0], "  " + row.note, colour=FAINT, size=9)

    def _authorities(self, authorities: Iterable[Authority]) -> None:
        table = self._table((Mm(9), Mm(161)))
        for rule in authorities:
            number, text = (cell.paragraphs[0] for cell in table.add_row().cells)
            self._run(number, f"[{rule.number}]", colour=FAINT, size=9)
            self._run(text, rule.cited, bold=True, size=9)
            self._run(text, f" — {rule.instrument}", size=9)
            self._run(text, f" ({rule.basis})", colour=FAINT, size=9)
            if rule.address:
                self._run(text, " ", size=9)
                self._link(text, rule.address)

    def _table(self, widths: tuple[Length, ...]) -> Table:
        table = self.document.add_table(rows=0, cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return table

    def _paragraph(self, text: str, style: str = "Normal") -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        if text:
            self._run(paragraph, text)
        return paragraph

    def _run(
        self, paragraph: Paragraph, text: str, *, bold: bool = False, colour: str | None = None,
        size: float | None = None, faces: tuple[str, str] | None = None,
    ) -> Run:  # fmt: skip
        run = paragraph.add_run(_NO_XML.sub("\ufffd", text))
        if bold:
            run.bold = True
        if colour is not None:
            run.font.color.rgb = RGBColor.from_string(colour)
        if size is not None:
            run.font.size = Pt(size)
        if faces is not None:
            run.font.name = faces[0]
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), faces[1])
        if self.memo.lang == "zh":
            # Without the hint Word sets Chinese quotation marks in the Latin face.
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        return run

    def _link(self, paragraph: Paragraph, address: str) -> None:
        target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), target)
        link.append(self._run(paragraph, address, size=8.5)._element)
        paragraph._element.append(link)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word fills in, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(paragraph.add_run("1")._element)
    paragraph._element.append(field)


def _rule(paragraph: Paragraph, colour: str, eighths: int = 10) -> None:
    """A line at the left of a paragraph, so many eighths of a point wide."""
    properties: Any = paragraph._element.get_or_add_pPr()
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "8"), ("color", colour)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    # The order of elements is fixed; these come after the borders.
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
