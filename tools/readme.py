"""Put the real output of the first command and the table of `make evaluate` into README.md.

tests/test_readme.py fails when the first is no longer true.
"""

import itertools
import re
import shlex
import tempfile
from datetime import date
from pathlib import Path

from negative_list import evaluation, plain
from negative_list.catalogue import load
from negative_list.determination import Engine
from negative_list.presentation import Presenter

README = Path(__file__).parent.parent / "README.md"
FIRST = re.compile(r"(?P<command>\$ curl -G localhost:8000[^\n]*\n)(?P<output>.*?)(?=```)", re.S)
TABLE = re.compile(r"(?<=held aside while tuning:\n\n).*?(?=\n\n`negative_list/`)", re.S)


def parameters(command: str) -> dict[str, str]:
    """The query that a curl command of the README sends."""
    pairs = itertools.pairwise(shlex.split(command))
    return dict(word.split("=", 1) for flag, word in pairs if flag in ("-d", "--data-urlencode"))


def main() -> None:
    """Rewrite the two blocks."""
    text = README.read_text(encoding="utf-8")
    catalogue = load()
    with tempfile.TemporaryDirectory() as index:
        engine = Engine(catalogue, Path(index))
        query = parameters(FIRST.search(text)["command"])
        day = date.fromisoformat(query.pop("as_of"))
        answer = plain.render(Presenter(catalogue, "en"), engine.determine({**query, "as_of": day}, day))
        _, scores = evaluation.report(engine, evaluation.cases(README.parent / "tests" / "cases"))
    text = FIRST.sub(lambda match: match["command"] + answer, text, count=1)
    rows = [
        "| cases | n | status | outcome | cited | dangerous errors | clear refused | vague undetermined |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for part, base in itertools.product(evaluation.PARTS, (None, *evaluation.BASELINES)):
        name = part if base is None else f"{part} by {base}"
        score = scores[name]
        shares = (score.status, score.outcome, score.cited)
        rows.append(
            f"| {name} | {score.total} | "
            + " | ".join(f"{share / score.total:.3f}" for share in shares)
            + f" | {len(score.dangerous)} | {len(score.refused) / score.answerable:.3f}"
            + f" | {score.vague_refused / score.vague:.3f} |"
        )
    README.write_text(TABLE.sub(lambda _: "\n".join(rows), text), encoding="utf-8")


if __name__ == "__main__":
    main()
