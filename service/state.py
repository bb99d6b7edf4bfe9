"""What a running service holds: one engine over one data set, and the settings."""

from __future__ import annotations

import contextlib
import os
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import structlog
from flask import Flask, current_app

import negative_list
from negative_list.catalogue import DATA, Catalogue
from negative_list.changes import Event, events, turning_days
from negative_list.determination import Determination, Engine
from negative_list.errors import DataError
from negative_list.history import Change, Stage, diff, stages
from negative_list.index import folder_of
from negative_list.keeping import open_engine
from negative_list.model import LANGUAGES, Entry, Instrument
from negative_list.presentation import Presenter
from negative_list.surveying import Surveyor
from service import metrics
from service.reconciliation import Reconciler
from service.settings import Settings

log = structlog.get_logger()

SHANGHAI = ZoneInfo("Asia/Shanghai")
_KEY = "negative_list"


@dataclass(frozen=True)
class State:
    """The engine with the presenters made ready for it."""

    engine: Engine
    settings: Settings
    presenters: dict[str, Presenter]
    made: datetime

    @classmethod
    def load(cls, settings: Settings) -> State:
        """Load and check the data, open the index and make the presenters.

        Raises DataError when the data are wrong and IndexUnusable when the index cannot be built.
        """
        return cls.over(open_engine(settings.data, settings.index), settings)

    @classmethod
    def over(cls, engine: Engine, settings: Settings) -> State:
        """What is held over an engine that is made already."""
        catalogue = engine.catalogue
        presenters = {lang: Presenter(catalogue, lang) for lang in LANGUAGES}
        return cls(engine, settings, presenters, _made(settings.data or DATA, catalogue.checked_on))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every change of the law and of the data, worked out when first asked for."""
        return events(self.engine.bench)

    @cached_property
    def diff(self) -> Callable[[Instrument, Instrument], tuple[Change, ...]]:
        """What one list changed against another, remembered for as long as the data stay."""
        return lru_cache(maxsize=64)(partial(diff, self.engine.bench))

    @cached_property
    def _turning_days(self) -> tuple[date, ...]:
        return turning_days(self.catalogue)

    def last_change(self, day: date) -> date:
        """The last day, up to the one given, on which the law that is held changed."""
        days = self._turning_days
        return days[max(bisect_right(days, day) - 1, 0)]

    def determine(self, fields: Mapping[str, Any], day: date | None = None) -> Determination:
        """Determine a proposal given as checked fields, by the law of a day, today in Shanghai, unless it names one.

        It is counted by its status. Raises ProposalError, TooEarly.
        """
        result = self.engine.determine(fields, day or today())
        metrics.DETERMINATIONS.labels(result.status.value).inc()
        return result

    @cached_property
    def stages(self) -> Callable[[Entry], tuple[Stage, ...]]:
        """One matter through the editions of its list, remembered for as long as the data stay."""
        return lru_cache(maxsize=1024)(partial(stages, self.engine.bench))

    @cached_property
    def surveyor(self) -> Surveyor:
        """Who draws up the grid of activities and places, remembered by spans of unchanged law."""
        return Surveyor(self.engine.bench)

    @cached_property
    def reconciler(self) -> Reconciler:
        """Finds records by name for OpenRefine, made when first asked for."""
        return Reconciler(self.engine)

    @property
    def catalogue(self) -> Catalogue:
        """The data set in use."""
        return self.engine.catalogue

    @property
    def folder(self) -> Path:
        """Where the index lies, and what is kept beside it."""
        return folder_of(self.catalogue.digest, self.settings.index)


def state() -> State:
    """The state of the application that answers this request."""
    return cast(State, current_app.extensions[_KEY])


def install(app: Flask, settings: Settings) -> State:
    """Give an application its first state; raises what State.load raises."""
    held = app.extensions[_KEY] = State.load(settings)
    return held


def reload_data(app: Flask) -> None:
    """Put the data folder into use as it is now, or log why it cannot be used and keep the data in use."""
    current: State = app.extensions[_KEY]
    # Building an index removes the others but the newest, which must be the one in use.
    with contextlib.suppress(OSError):
        os.utime(current.folder)
    try:
        new = State.load(current.settings)
    except DataError as error:
        for fault in error.faults:
            log.error("data_fault", file=fault.file, line=fault.line, field=fault.field, fault=fault.message)
        log.error("data_refused", faults=len(error.faults), kept=current.catalogue.version)
    except Exception as error:  # noqa: BLE001
        # Whatever else went wrong: were it to leave here, gunicorn would stop.
        log.error("data_refused", error=type(error).__name__, reason=str(error), kept=current.catalogue.version)
    else:
        app.extensions[_KEY] = new
        log.info("data_loaded", version=new.catalogue.version, digest=new.catalogue.digest)


def midnight(day: date) -> datetime:
    """The first moment of a day in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def _made(data: Path, checked_on: date) -> datetime:
    """When the data were last written or checked, or the program that answers from them was put here."""
    files = (*data.rglob("*.*"), *Path(negative_list.__file__).parent.glob("*.py"))
    written = max((path.stat().st_mtime for path in files), default=0.0)
    return max(midnight(checked_on), datetime.fromtimestamp(written, SHANGHAI).replace(microsecond=0))


def now() -> datetime:
    """The present moment in Shanghai, whose calendar the law follows."""
    return datetime.now(SHANGHAI)


def today() -> date:
    """The day whose law is asked when a proposal names none."""
    return now().date()
