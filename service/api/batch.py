"""Many proposals at once: one answer or one problem for each, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson
from flask import Response, request, stream_with_context
from flask.views import MethodView

from negative_list.determination import Determination
from negative_list.errors import ProposalError
from negative_list.model import LANGUAGES
from service import caching, rate_limits
from service.answer_schemas import BatchDeterminationSchema
from service.batch import FORMS, MAX_ROWS, Row, read
from service.batch_answers import write
from service.limits import MAX_BATCH, max_body
from service.negotiation import JSON, language, media_type
from service.parsing import StrictBlueprint
from service.problems import KINDS, Problem, document, log_failure, refused
from service.schemas import BatchProblemSchema, NoQuery, ProposalSchema
from service.state import state, today
from service.tables import CSV, NDJSON

blueprint = StrictBlueprint("batch", __name__, url_prefix="/v1", description="Many proposals at once.")
PROPOSALS = [
    {"ref": "matter 17", "activity": "a data centre in Wuhan, 60% ours", "as_of": "2024-11-01"},
    {"ref": "matter 18", "activity_ids": ["internet/online-games-operation"], "lang": "zh", "as_of": "2024-11-01"},
    {"ref": "matter 19", "activity": "coffee shop", "foreign_share": 160},
]
TABLE = "ref,activity,foreign_share,location,as_of\r\nmatter 17,data centre,60,Wuhan,2024-11-01\r\n"
BODY = {
    "required": True,
    "description": (
        f"Up to {MAX_ROWS:,} proposals in {MAX_BATCH // 2**20} MiB. CSV is UTF-8, its first row names fields of a "
        "proposal; commas, semicolons or tabs part cells, `;` or `|` the items of a list; empty cells are absent."
    ),
    "content": {
        JSON: {
            "schema": {"type": "array", "minItems": 1, "maxItems": MAX_ROWS, "items": ProposalSchema},
            "example": PROPOSALS,
        },
        NDJSON: {
            "schema": {"type": "string", "description": "A proposal a line."},
            "example": "".join(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE).decode() for item in PROPOSALS),
        },
        CSV: {"schema": {"type": "string", "description": "A proposal a row."}, "example": TABLE},
    },
}
ANSWERS = {"type": "array", "items": {"oneOf": [BatchDeterminationSchema, BatchProblemSchema]}}
TEXT = {"type": "string"}
SAYS = "A determination or a problem for each proposal, in order."


@blueprint.route("/determinations/batch")
class Batch(MethodView):
    """Many proposals."""

    @blueprint.arguments(NoQuery, location="query", error_status_code=400)
    @blueprint.alt_response(200, schema=ANSWERS, description=SAYS, success=True)
    @blueprint.alt_response(200, schema=TEXT, content_type=NDJSON, description=SAYS, success=True)
    @blueprint.alt_response(200, schema=TEXT, content_type=CSV, description=SAYS, success=True)
    @blueprint.doc(requestBody=BODY)
    @blueprint.operation("determineBatch", 413, 415, 422, unchanged=False)
    def post(self, _: dict[str, Any]) -> Response:
        """Determine up to 1,000 proposals; each is answered by itself, and nothing is logged or stored.

        ---
        The answer comes in the form of the body unless Accept names another. A row that cannot be accepted is a
        problem in its place, with its number and the caller's `ref`. CSV sums a determination up in one row; text
        that a spreadsheet would take for a formula has an apostrophe before it.
        """
        came = _form()
        media = media_type((came, *(form for form in FORMS if form != came)))
        lang = language(None)
        rows = read(came, _body())
        rate_limits.charge(len(rows) - 1)
        response = Response(stream_with_context(write(media, _answers(rows, lang))), mimetype=media)
        if media == CSV:
            response.mimetype_params["header"] = "present"
            response.headers["Content-Disposition"] = 'attachment; filename="determinations.csv"'
        spoken = {row.lang if row.lang in LANGUAGES else lang for row in rows}
        return caching.uncached(", ".join(sorted(spoken)), response)


def _form() -> str:
    if request.mimetype not in FORMS:
        detail = f"The body must be one of {', '.join(FORMS)}, named so in Content-Type."
        fault = {
            "parameter": "Content-Type",
            "code": "unsupported_media_type",
            "detail": detail,
            "allowed": list(FORMS),
        }
        raise Problem(415, detail, [fault])
    return request.mimetype


def _body() -> bytes:
    data = request.get_data(cache=False)
    if len(data) > max_body():
        raise Problem(413, f"The body is longer than {max_body()} bytes.")
    return data


def _answers(rows: list[Row], lang: str) -> Iterator[dict[str, Any]]:
    """A determination or a problem for each row, made when it is asked for; equal proposals are worked out once."""
    current, day = state(), today()
    keys = [_key(row) for row in rows]
    left = Counter(keys)
    held: dict[bytes, Determination] = {}
    for row, key in zip(rows, keys, strict=True):
        left[key] -= 1
        named = {"row": row.number} | ({} if row.ref is None else {"ref": row.ref})
        try:
            if isinstance(row.asked, Problem):
                raise row.asked
            result = held.get(key) or current.determine(row.asked, day)
            # Kept only for as long as an equal one follows.
            if left[key]:
                held[key] = result
            else:
                held.pop(key, None)
            answer = current.presenters[row.lang or lang].determination(result, row.ref)
        except Problem as fault:
            answer = document(fault.code or 500, str(fault.description), row.at(fault.errors))
        except ProposalError as error:
            status, item = refused(error, in_body=True)
            answer = document(status, error.detail, row.at([item]))
        except Exception as error:  # noqa: BLE001
            # The status has gone out already; the other rows are still owed an answer.
            log_failure(error)
            answer = document(500, KINDS[500][2])
        yield named | answer


def _key(row: Row) -> bytes:
    """What two rows share that ask the same."""
    asked = {} if isinstance(row.asked, Problem) else row.asked
    return orjson.dumps({k: v for k, v in asked.items() if k not in ("ref", "lang")}, option=orjson.OPT_SORT_KEYS)
