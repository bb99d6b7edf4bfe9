"""What a running service holds: one engine over one data set, and the settings."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from typing import cast
from zoneinfo import ZoneInfo

import structlog
from flask import Flask, current_app

from negative_list.catalogue import Catalogue
from negative_list.changes import Event, events
from negative_list.determination import Engine
from negative_list.errors import DataError
from negative_list.history import Change, diff
from negative_list.index import folder_of
from negative_list.keeping import open_engine
from negative_list.model import LANGUAGES, Instrument
from negative_list.presentation import Presenter
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

    @classmethod
    def load(cls, settings: Settings) -> State:
        """Load and check the data, open the index and make the presenters.

        Raises DataError when the data are wrong and IndexUnusable when the index cannot be built.
        """
        engine = open_engine(settings.data, settings.index)
        return cls(engine, settings, {lang: Presenter(engine.catalogue, lang) for lang in LANGUAGES})

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every change of the law and of the data, worked out when first asked for."""
        return events(self.engine.bench)

    @cached_property
    def diff(self) -> Callable[[Instrument, Instrument], tuple[Change, ...]]:
        """What one list changed against another, remembered for as long as the data stay."""
        return lru_cache(maxsize=64)(partial(diff, self.engine.bench))

    @cached_property
    def reconciler(self) -> Reconciler:
        """Finds records by name for OpenRefine, made when first asked for."""
        return Reconciler(self.engine)

    @property
    def catalogue(self) -> Catalogue:
        """The data set in use."""
        return self.engine.catalogue


def state() -> State:
    """The state of the application that answers this request."""
    return cast(State, current_app.extensions[_KEY])


def install(app: Flask, settings: Settings) -> None:
    """Give an application its first state; raises what State.load raises."""
    app.extensions[_KEY] = State.load(settings)


def reload_data(app: Flask) -> None:
    """Put the data folder into use as it is now, or log why it cannot be used and keep the data in use."""
    current: State = app.extensions[_KEY]
    # Building an index removes the others but the newest, which must be the one in use.
    with contextlib.suppress(OSError):
        os.utime(folder_of(current.catalogue.digest, current.settings.index))
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


def now() -> datetime:
    """The present moment in Shanghai, whose calendar the law follows."""
    return datetime.now(SHANGHAI)


def today() -> date:
    """The day whose law is asked when a proposal names none."""
    return now().date()
