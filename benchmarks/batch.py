"""Many proposals in one table against as many single requests, none asked before."""

from __future__ import annotations

import csv
import io
import time

from flask.testing import FlaskClient

from service.batch import MAX_ROWS

PATH = "/v1/determinations"


def table(texts: list[str], shift: int) -> list[dict[str, str | float]]:
    """Proposals all different from each other, and from those of another shift."""
    return [
        {"activity": texts[at % len(texts)], "foreign_share": 1 + (at // len(texts)) + shift / 100, "ref": str(at)}
        for at in range(MAX_ROWS)
    ]


def measure(client: FlaskClient, texts: list[str]) -> str:
    """How many rows a second a batch answers, and its time as a share of that of single requests."""
    rows = table(texts, 1)
    written = io.StringIO()
    sheet = csv.DictWriter(written, list(rows[0]))
    sheet.writeheader()
    sheet.writerows(rows)
    data = written.getvalue().encode()
    # Warms up what is prepared when first asked for.
    client.post(f"{PATH}/batch", json=table(texts, 2)[: len(texts)], headers={"Accept": "text/csv"}).get_data()
    start = time.perf_counter()
    for row in table(texts, 3):
        client.post(PATH, json=row).get_data()
    single = time.perf_counter() - start
    start = time.perf_counter()
    answer = client.post(f"{PATH}/batch", data=data, content_type="text/csv").text
    batch = time.perf_counter() - start
    answered = sum(1 for row in csv.DictReader(io.StringIO(answer, newline="")) if not row["error_status"])
    return (
        f"\nbatch of {MAX_ROWS} proposals as CSV: {MAX_ROWS / batch:.0f} rows a second, {answered} determined\n"
        f"  {batch / single:.2f} of the time of {MAX_ROWS} single requests"
    )
