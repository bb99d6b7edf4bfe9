"""What a running service holds: one engine over one data set, and the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.presentation import Presenter
from service.settings import Settings

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class State:
    """The engine with the presenters made ready for it."""

    engine: Engine
    settings: Settings
    presenters: dict[str, Presenter]

    @property
    def catalogue(self) -> Catalogue:
        """The data set in use."""
        return self.engine.catalogue


def state() -> State:
    """The state of the application that answers this request."""
    return cast(State, current_app.extensions["negative_list"])


def now() -> datetime:
    """The present moment in Shanghai, whose calendar the law follows."""
    return datetime.now(SHANGHAI)


def today() -> date:
    """The day whose law is asked when a proposal names none."""
    return now().date()
