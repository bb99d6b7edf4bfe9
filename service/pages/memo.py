"""The memo of a determination: on a page, as PDF or as DOCX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Request, Response, request
from flask.blueprints import BlueprintSetupState
from marshmallow import fields, validate
from webargs.flaskparser import abort
from werkzeug.datastructures import MultiDict

from negative_list.memorandum import Memorandum, memorandum
from negative_list.model import LANGUAGES
from negative_list.receipts import normalised
from service import caching
from service.memo import docx, pdf
from service.negotiation import FORM, HTML, media_type
from service.pages.rendering import html, page_language, render
from service.parsing import StrictParser
from service.schemas import ProposalSchema
from service.state import now, state

blueprint = Blueprint("memo", __name__)
BOTH = "both"
FORMATS = {"html": HTML, "pdf": pdf.MEDIA, "docx": docx.MEDIA}
# The Chinese comes first: it is the language of the law.
ORDER = {**{lang: (lang,) for lang in LANGUAGES}, BOTH: ("zh", "en")}


class MemoSchema(ProposalSchema):
    """A proposal with the language and the format of its memo."""

    lang = fields.String(validate=validate.OneOf(tuple(ORDER)))
    format = fields.String(validate=validate.OneOf(tuple(FORMATS)))


class MemoParser(StrictParser):
    """Reads a form besides JSON and a query; what was left empty in it counts as absent."""

    def load_form(self, req: Request, schema: Any) -> Any:
        """The form. A field given twice is refused where only one value makes sense."""
        given: MultiDict[str, str] = MultiDict(
            (name, value) for name, value in req.form.items(multi=True) if value.strip()
        )
        for name, values in given.lists():
            if len(values) > 1 and not isinstance(schema.fields.get(name), fields.List):
                fault = {"code": "repeated", "detail": f"is given {len(values)} times; give it once."}
                abort(422, messages={"form": {name: fault}})
        return self._makeproxy(given, schema)


_parser = MemoParser()


@blueprint.record_once
def prepare(_: BlueprintSetupState) -> None:
    """Load the fonts and make the styles before the first request."""
    pdf.fonts()
    docx.blank()


@blueprint.get("/memo")
def memo_link() -> Response:
    """The memo of a proposal that stands in a link."""
    return _respond(_parser.parse(MemoSchema(), request, location="query", error_status_code=400))


@blueprint.post("/memo")
def memo() -> Response:
    """The memo of a proposal sent as a form or as JSON; nothing of it is logged or stored."""
    return _respond(_parser.parse(MemoSchema(), request, location="form" if request.mimetype == FORM else "json"))


def _respond(proposal: dict[str, Any]) -> Response:
    wanted = proposal.pop("format", None)
    media = FORMATS[wanted] if wanted else media_type(tuple(FORMATS.values()))
    lang = proposal.get("lang") or page_language()
    current, made = state(), now()
    result = current.determine(proposal)
    memos = [
        memorandum(
            current.presenters[each], result, made.date(), proposal.get("ref"), current.settings.public_url
        )
        for each in ORDER[lang]
    ]
    if media == HTML:
        again = {**normalised(result.proposal), **({"ref": proposal["ref"]} if "ref" in proposal else {})}
        response = html(_page(memos, again, lang))
    else:
        response = _document(media, memos, made)
    # Links are confidential too, so no answer is kept anywhere.
    return caching.uncached(", ".join(ORDER[lang]), response)


def _page(memos: Sequence[Memorandum], again: Mapping[str, Any], lang: str) -> str:
    own = lang if lang in LANGUAGES else page_language()
    return render("memo.html", own, memos=memos, again=_pairs(again), chosen=lang, choices=tuple(ORDER))


def _pairs(fields_: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Fields as a form holds them, a list as one pair for each of its items."""
    return [
        (name, str(item))
        for name, value in fields_.items()
        for item in (value if isinstance(value, list) else [value])
    ]


def _document(media: str, memos: Sequence[Memorandum], made: datetime) -> Response:
    writers: dict[str, tuple[Callable[[Sequence[Memorandum], datetime], bytes], str]] = {
        pdf.MEDIA: (pdf.write, "inline; filename={}.pdf"),
        docx.MEDIA: (docx.write, "attachment; filename={}.docx"),
    }
    write, disposition = writers[media]
    response = Response(write(memos, made), mimetype=media)
    # The name of the file says nothing of the proposal.
    name = f"memo-{made.date().isoformat()}-{memos[0].receipt.rpartition(':')[2][:8]}"
    response.headers["Content-Disposition"] = disposition.format(name)
    return response
