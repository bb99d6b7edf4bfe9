"""API keys: how they are made, kept in a file, and recognised.

A key is `nlk_<id>_<secret>`. The id is public and finds the key in the file; the secret is 32 random bytes, so a plain
digest of it can be kept: what makes passwords need a slow hash is that they can be guessed, and this cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from limits import RateLimitItem, parse_many
from marshmallow import Schema, ValidationError, fields, post_load, validate

from service.settings import rate

FORM = re.compile(r"nlk_([0-9a-f]{12})_[A-Za-z0-9_-]{43}", re.ASCII)
_HASH = "sha256:"


class KeysError(ValueError):
    """A file of keys that cannot be used; `faults` holds a sentence for each, and none shows a key or a hash."""

    def __init__(self, path: Path, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{path}: {fault}" for fault in faults))


@dataclass(frozen=True)
class Key:
    """A key as it is kept: whose it is, the digest of it, limits of its own, and its last day if it has one."""

    id: str
    name: str
    hash: str
    limits: tuple[RateLimitItem, ...] = ()
    expires: date | None = None


@dataclass(frozen=True)
class Keys:
    """The keys of a file by id."""

    by_id: dict[str, Key]

    @classmethod
    def load(cls, path: Path) -> Keys:
        """Read a file of keys: a YAML list of mappings. Raises KeysError."""
        try:
            # Every scalar stays text, so that an id of digits is no number.
            raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - plain data only
        except (OSError, UnicodeDecodeError) as error:
            raise KeysError(path, [f"cannot be read: {error}."]) from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise KeysError(path, [f"is no YAML{'' if mark is None else f', see line {mark.line + 1}'}."]) from None
        if not isinstance(raw, list):
            raise KeysError(path, ["holds no list; each key is an item with id, name and hash."])
        try:
            keys: list[Key] = _KeySchema(many=True).load(raw)
        except ValidationError as error:
            raise KeysError(path, list(_sentences(error.normalized_messages()))) from None
        ids = [key.id for key in keys]
        if doubled := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            raise KeysError(path, [f"holds the id {id_} more than once." for id_ in doubled])
        return cls(dict(zip(ids, keys, strict=True)))

    def find(self, token: str, day: date) -> Key | None:
        """The key that a token is, unless it has expired before a day; none when it is unknown."""
        form = FORM.fullmatch(token)
        key = None if form is None else self.by_id.get(form[1])
        if key is None or not hmac.compare_digest(_digest(token), key.hash):
            return None
        return key if key.expires is None or day <= key.expires else None


class _Limits(fields.Field[tuple[RateLimitItem, ...]]):
    """Limits as they are written in a setting."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> tuple[RateLimitItem, ...]:
        try:
            return tuple(parse_many(rate(str(value))))
        except ValueError as error:
            raise ValidationError(f"is not {error}.") from None


_ID_FORM = validate.Regexp(r"[0-9a-f]{12}\Z", error="is no id of a key.")
_HASH_FORM = validate.Regexp(r"sha256:[0-9a-f]{64}\Z", error="is no hash of a key.")


class _KeySchema(Schema):
    """One item of the file."""

    id = fields.String(required=True, validate=_ID_FORM)
    name = fields.String(required=True, validate=validate.Length(1, 100))
    hash = fields.String(required=True, validate=_HASH_FORM)
    limits = _Limits(data_key="limit")
    expires = fields.Date(format="%Y-%m-%d", error_messages={"invalid": "is no day such as 2027-06-30."})

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Key:
        return Key(**data)


def _sentences(messages: Any, place: str = "") -> Iterator[str]:
    if isinstance(messages, dict):
        for key, value in messages.items():
            step = f"item {key + 1}" if isinstance(key, int) else "" if key == "_schema" else str(key)[:100]
            yield from _sentences(value, ", ".join(filter(None, (place, step))))
    else:
        yield from (f"{place}: {message}" for message in messages)


def make(name: str, limit: str | None = None, expires: date | None = None) -> tuple[str, dict[str, str]]:
    """A new key and the item of the file that lets it in; the key itself is kept nowhere. Raises ValueError."""
    if not 1 <= len(name) <= 100:
        raise ValueError("a name of 1 to 100 characters")
    id_ = secrets.token_hex(6)
    token = f"nlk_{id_}_{secrets.token_urlsafe(32)}"
    item = {"id": id_, "name": name, "hash": _digest(token)}
    if limit is not None:
        item["limit"] = rate(limit)
    if expires is not None:
        item["expires"] = expires.isoformat()
    return token, item


def _digest(token: str) -> str:
    return _HASH + hashlib.sha256(token.encode()).hexdigest()
