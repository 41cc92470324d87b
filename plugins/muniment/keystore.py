"""The key store: the keys of encrypted records, each wrapped to those who may read it and to the company's escrow.

It lies outside `records/`, so readers change without touching what approvals bind, and outside the history of main, so
a key can be destroyed: in a folder `keys/`, or on a branch `keys` whose commits have no parents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from muniment import age, edit, source
from muniment.age import Identity

FOLDER = "keys"
ESCROW = "escrow"


@dataclass(frozen=True)
class Wrapping:
    """A record's key, encrypted to one reader: staff number or `escrow`, and the public key it was encrypted to."""

    reader: str
    recipient: str
    armor: str = field(repr=False)


@dataclass(frozen=True)
class Key:
    """One key of a record: every writing of the record makes a new one. `made` is a date."""

    recipient: str
    made: str
    wrappings: tuple[Wrapping, ...]

    @property
    def readers(self) -> Mapping[str, str]:
        """Who can open it, with the public key of each."""
        return {each.reader: each.recipient for each in self.wrappings}


@dataclass(frozen=True)
class Ring:
    """All keys of one record, the one in use last. `changed` is a time; of two copies the later one counts.

    `added` and `removed` are readers who came or went since the record was last written. `destroyed` says when and why
    there are no keys any more. `is_later`: it has changed since the moment that is asked about, so nobody knows who held its keys then.
    """

    number: str
    changed: str = ""
    keys: tuple[Key, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    destroyed: Mapping[str, str] = field(default_factory=dict)
    is_later: bool = False

    @property
    def current(self) -> Key | None:
        return self.keys[-1] if self.keys else None


@dataclass(frozen=True)
class Keystore:
    """The rings by record number; `broken` are the files that are none. `is_there` tells an empty store from none."""

    rings: Mapping[str, Ring] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    is_there: bool = False


def load(files: Mapping[str, bytes]) -> Keystore:
    """The store in these files (name in the folder to bytes)."""
    rings, broken = {}, []
    for name, content in sorted(files.items()):
        number = name.removesuffix(".yaml")
        ring = _ring(number, content) if name.endswith(".yaml") and "/" not in name else None
        if ring is not None:
            rings[number] = ring
        elif not name.startswith((".", "README")):
            broken.append(name)
    return Keystore(rings, tuple(broken), is_there=True)


def merged(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> dict[str, bytes]:
    """Two copies of a store as one: of each record the copy that was changed last. A destroyed key stays destroyed."""
    result = dict(one)
    for name, content in other.items():
        known = _ring("", result[name]) if name in result else None
        new = _ring("", content)
        if known is None or (new is not None and _rank(new) > _rank(known)):
            result[name] = content
    return result


def as_of(store: Keystore, day: str) -> Keystore:
    """The store as far as it is known of a day in the past. It has no history, by intention: of a ring that has changed since,
    nobody knows who held its keys on that day. What was destroyed since cannot be opened, whichever day is asked about.
    """
    rings = {number: replace(ring, is_later=ring.changed[:10] > day) for number, ring in store.rings.items()}
    return replace(store, rings=rings)


def _rank(ring: Ring) -> tuple[bool, str]:
    return bool(ring.destroyed), ring.changed


def _ring(number: str, content: bytes) -> Ring | None:
    document = source.load("", content).document
    data = document.data if document is not None else {}
    try:
        return Ring(
            number or str(data["record"]),
            str(data["changed"]),
            tuple(_key(entry) for entry in data.get("keys", ())),
            tuple(map(str, data.get("added", ()))),
            tuple(map(str, data.get("removed", ()))),
            {str(name): str(value) for name, value in data.get("destroyed", {}).items()},
        )
    except (KeyError, TypeError, AttributeError):
        return None


def _key(entry: Mapping[str, Any]) -> Key:
    wrappings = (
        Wrapping(str(each["reader"]), str(each["recipient"]), str(each["key"])) for each in entry["wrapped"]
    )
    return Key(str(entry["recipient"]), str(entry["made"]), tuple(wrappings))


def dump(ring: Ring) -> bytes:
    """The file of a ring."""
    said: dict[str, Any] = {"record": ring.number, "changed": ring.changed}
    for name, value in (("destroyed", ring.destroyed), ("added", ring.added), ("removed", ring.removed)):
        if value:
            said[name] = dict(value) if isinstance(value, Mapping) else list(value)
    if ring.keys:
        said["keys"] = [
            {
                "recipient": key.recipient,
                "made": key.made,
                "wrapped": [
                    {"reader": each.reader, "recipient": each.recipient, "key": each.armor}
                    for each in key.wrappings
                ],
            }
            for key in ring.keys
        ]
    return edit.dump(said).encode()


# -- Keys ---------------------------------------------------------------------------------------------------


def new_key(secret: str, readers: Mapping[str, str], made: str) -> Key:
    """A record's key wrapped to readers, given as staff number (or `escrow`) to public key. Raises `BadRecipient`."""
    return Key(age.recipient_of(secret), made, tuple(_wrapped(secret, readers)))


def _wrapped(secret: str, readers: Mapping[str, str]) -> Iterable[Wrapping]:
    for reader, recipient in readers.items():
        yield Wrapping(reader, recipient, age.encrypt(secret.encode(), [recipient], armored=True).decode())


def secret(key: Key, identities: tuple[Identity, ...]) -> str:
    """The record's key itself. Raises `age.Locked` where none of the identities opens it."""
    for wrapping in key.wrappings:
        try:
            return age.decrypt(wrapping.armor.encode(), identities).decode("ascii")
        except (age.Locked, age.Damaged, UnicodeDecodeError):
            continue
    raise age.Locked


def rewrapped(key: Key, identities: tuple[Identity, ...], readers: Mapping[str, str]) -> Key:
    """The same key for these readers: what is there for one of them stays, what is not is made. Raises `age.Locked` where a
    key has to be made and cannot be opened.
    """
    kept = {each.reader: each for each in key.wrappings if readers.get(each.reader) == each.recipient}
    fresh = {reader: recipient for reader, recipient in readers.items() if reader not in kept}
    if fresh:
        kept |= {each.reader: each for each in _wrapped(secret(key, identities), fresh)}
    return replace(key, wrappings=tuple(kept[reader] for reader in readers))


# -- Opening ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opener:
    """Opens what the identities at hand can open. `search` looks through all keys, for files of unknown records."""

    store: Keystore
    identities: tuple[Identity, ...] = ()
    _known: dict[str, tuple[Identity, ...]] = field(default_factory=dict, repr=False, compare=False)

    def keys(self, number: str) -> tuple[Identity, ...]:
        """The keys of a record, of all its writings, that these identities open; the one in use first."""
        if number not in self._known:
            ring = self.store.rings.get(number)
            self._known[number] = tuple(self._opened(reversed(ring.keys))) if ring else ()
        return self._known[number]

    def _opened(self, keys: Iterable[Key]) -> Iterable[Identity]:
        for key in keys:
            try:
                yield age.identity(secret(key, self.identities))
            except (age.Locked, age.BadIdentity):
                continue

    def open(self, number: str, content: bytes) -> bytes | None:
        """The plain text, or None where no key is at hand or the file is damaged."""
        try:
            return age.decrypt(content, self.keys(number)) if self.identities else None
        except (age.Locked, age.Damaged):
            return None

    def search(self, content: bytes, likely: str = "") -> bytes | None:
        """As `open`, for a file of which nobody says to which record it belongs; `likely` is tried first."""
        for number in sorted(self.store.rings, key=lambda number: number != likely):
            plain = self.open(number, content)
            if plain is not None:
                return plain
        return None
