"""A determination for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from negative_list.determination import Determination, Verdict
from negative_list.presentation import Presenter
from negative_list.speech import number, outcome_word


def render(presenter: Presenter, result: Determination) -> str:
    """The answer in the presenter's language as lines of plain text, ending in one newline."""
    return "\n".join(_lines(presenter, result)) + "\n"


def _lines(presenter: Presenter, result: Determination) -> Iterator[str]:
    say, lang = presenter.say, presenter.lang
    yield f"{say('plain.status')}: {say(f'status.{result.status.value}')}"
    yield f"{say('plain.permitted')}: {say('permitted.' + (outcome_word(result.outcome) or 'none'))}"
    yield ""
    yield presenter.summary(result)
    for verdict in result.verdicts:
        yield ""
        yield from _verdict(presenter, verdict, result)
    if result.conditions:
        yield ""
        yield f"{say('plain.conditions')}:"
        yield from ("- " + presenter.condition(condition)["text"] for condition in result.conditions)
    if result.undetermined is not None and result.undetermined.candidates:
        yield ""
        yield f"{say('plain.candidates')}:"
        for candidate in result.undetermined.candidates:
            activity, status = candidate.activity, candidate.standing.status
            yield f"- {activity.label[lang]} [{activity.id}]: {say(f'status.{status.value}')}"
    if result.advice:
        yield ""
        labels = "; ".join(advice.advisory.label[lang] for advice in result.advice)
        yield f"{say('plain.advisories')}: {labels}"
    yield ""
    yield from presenter.caveats(result)
    assert result.proposal.as_of is not None
    yield f"{say('plain.as_of')} {result.proposal.as_of.value.isoformat()}; {result.access_list.title[lang]}"
    if result.access_list.source_url:
        yield f"{say('plain.official')}: {result.access_list.source_url}"
    yield presenter.catalogue.notice[lang]


def _verdict(presenter: Presenter, verdict: Verdict, result: Determination) -> Iterator[str]:
    say, lang = presenter.say, presenter.lang
    standing = verdict.standing
    yield f"{verdict.activity.label[lang]} [{verdict.activity.id}]"
    yield f"  {say('plain.status')}: {say(f'status.{standing.status.value}')}"
    if verdict.match.text:
        yield f"  {say('plain.matched')}: “{verdict.match.text}”"
    if standing.max_foreign_share is not None:
        yield f"  {say('plain.share')}: {number(standing.max_foreign_share)}%"
    yield f"  {say('plain.why')}:"
    for reason in standing.reasons:
        cited = presenter.cite(reason.entry, reason.instrument)
        yield f"  - {cited}: {presenter.explain(reason)}"
    if verdict.timeline is not None:
        yield f"  {presenter.times(verdict.timeline)}"
    if verdict.relaxations:
        yield f"  {say('plain.relaxations')}:"
    for relaxation in verdict.relaxations:
        effect = presenter.relaxation(relaxation, result)["effect"]
        shown = f" [{say('status.' + effect['status'])}]" if effect else ""
        yield f"  - {relaxation.instrument.short_title[lang]}{shown}: {presenter.because(relaxation, result)}"
    if verdict.neighbouring:
        yield f"  {say('plain.neighbouring')}: {'; '.join(presenter.cite(entry) for entry in verdict.neighbouring)}"
    if verdict.licences:
        yield f"  {say('plain.licences')}: {'; '.join(licence.label[lang] for licence in verdict.licences)}"
