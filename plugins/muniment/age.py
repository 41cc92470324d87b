"""age: texts and files encrypted to people, and the keys that open them; the only module that imports pyrage.

It is loaded by whoever encrypts: most registries are checked without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyrage  # type: ignore[import-untyped]  # it ships without types

Reason = Literal[
    "public",  # a public key, which opens nothing
    "kind",  # a private key of a kind that age has no use for (ECDSA, a security key)
    "passphrase",  # locked by a passphrase that was not given, or is another
    "none",  # no key at all
]
SUFFIX = ".age"
MAGIC = b"age-encryption.org/v1\n"
_SECRET = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]+")
_SSH = b"-----BEGIN OPENSSH PRIVATE KEY-----"
_PUBLIC = re.compile(r"\s*(?:age1|ssh-|ecdsa-|sk-)")
_STANZA = re.compile(rb"-> \S")


class BadIdentity(ValueError):
    """A file that holds no key to open anything with, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class BadRecipient(ValueError):
    """Nothing that can be encrypted to."""


class Locked(Exception):
    """None of the keys at hand opens this."""


class Damaged(Exception):
    """This is no age file, or not all of one, or bytes of it have changed."""


@dataclass(frozen=True)
class Identity:
    """A private key; it is never shown."""

    key: pyrage.x25519.Identity | pyrage.ssh.Identity = field(repr=False)


def generate() -> str:
    """A new private key as text, as `age-keygen` makes it."""
    import pyrage

    return str(pyrage.x25519.Identity.generate())


def identity(secret: str) -> Identity:
    """The private key that `generate` gave. Raises `BadIdentity`."""
    import pyrage

    try:
        return Identity(pyrage.x25519.Identity.from_str(secret.strip()))
    except pyrage.IdentityError as problem:
        raise BadIdentity("none") from problem


def recipient_of(secret: str) -> str:
    """The public half of what `generate` gave. Raises `BadIdentity`."""
    return str(identity(secret).key.to_public())


def identities(content: bytes, passphrase: str | None = None) -> tuple[Identity, ...]:
    """The keys in a file: age's own (one a line, also under a passphrase), or an SSH private key. Raises `BadIdentity`."""
    if content.startswith(MAGIC):
        content = _unlocked(content, passphrase)
    if _SSH in content:
        return (_of_ssh(content, passphrase),)
    text = content.decode("utf-8", "replace")
    found = [line.strip() for line in text.splitlines() if _SECRET.fullmatch(line.strip())]
    if not found:
        raise BadIdentity("public" if _PUBLIC.match(text) else "none")
    return tuple(identity(line) for line in found)


def _unlocked(content: bytes, passphrase: str | None) -> bytes:
    import pyrage

    try:
        return bytes(pyrage.passphrase.decrypt(content, passphrase or ""))
    except pyrage.DecryptError as problem:
        raise BadIdentity("passphrase") from problem


def _of_ssh(content: bytes, passphrase: str | None) -> Identity:
    import pyrage
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_ssh_private_key,
    )

    try:
        return Identity(pyrage.ssh.Identity.from_buffer(content))
    except pyrage.IdentityError as problem:
        if "decrypted first" not in str(problem):
            raise BadIdentity("kind" if "unsupported" in str(problem) else "none") from problem
    try:
        private = load_ssh_private_key(content, (passphrase or "").encode())
    except (ValueError, TypeError) as problem:
        raise BadIdentity("passphrase") from problem
    opened = private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    try:
        return Identity(pyrage.ssh.Identity.from_buffer(opened))
    except pyrage.IdentityError as problem:
        raise BadIdentity("kind") from problem


def is_recipient(text: str) -> bool:
    """Whether this is a public key that can be encrypted to."""
    try:
        _recipient(text)
    except BadRecipient:
        return False
    return True


def _recipient(text: str) -> pyrage.x25519.Recipient | pyrage.ssh.Recipient:
    import pyrage

    kind = pyrage.ssh.Recipient if text.strip().startswith("ssh-") else pyrage.x25519.Recipient
    try:
        return kind.from_str(text.strip())
    except pyrage.RecipientError as problem:
        raise BadRecipient(text) from problem


def encrypt(plain: bytes, recipients: Iterable[str], *, armored: bool = False) -> bytes:
    """Encrypted to all of them; never twice the same bytes. Raises `BadRecipient`."""
    import pyrage

    return bytes(pyrage.encrypt(plain, [_recipient(each) for each in recipients], armored=armored))


def decrypt(content: bytes, keys: Sequence[Identity]) -> bytes:
    """What one of the keys opens. Raises `Locked` where none does, `Damaged` where no key could."""
    import pyrage

    if not keys:
        raise Locked
    try:
        return bytes(pyrage.decrypt(content, [each.key for each in keys]))
    except pyrage.DecryptError as problem:
        if "No matching keys" in str(problem):
            raise Locked from problem
        raise Damaged from problem


def is_whole(content: bytes) -> bool:
    """Whether this looks like an age file from its first line to its sealed end, as far as can be seen without a key."""
    head, found, rest = content.partition(b"\n--- ")
    # Header, its seal of 43 signs, a nonce of 16 bytes, and at least the seal of an empty text.
    return (
        bool(found)
        and head.startswith(MAGIC)
        and _STANZA.search(head) is not None
        and len(rest) >= 43 + 1 + 16 + 16
    )
