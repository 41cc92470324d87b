"""The demonstration's signing keys, derived from fixed seeds: its history has the same ids everywhere.

Everybody can derive them; they prove that signatures work, and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from muniment import sshsig
from muniment.sshsig import Key

FORGE = "forge"
ESCROW = "escrow"
_SEED = b"muniment demonstration key "
# Somebody may have lost a key and got another: the holder is YG0003, then YG0003-2.
_GENERATIONS = range(1, 10)
_PLACEHOLDER = re.compile(
    rb"@(?P<forge>FORGE_)?KEY(?P<generation>[2-9])?@"
    rb"|ssh-ed25519 [A-Za-z0-9+/=]+ (?P<holder>[A-Za-z0-9-]+) demonstration"
)


@lru_cache(maxsize=256)
def private(holder: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(_SEED + holder.encode()).digest())


@lru_cache(maxsize=256)
def secret(holder: str) -> bytes:
    """The private key as a file, to sign or decrypt with."""
    return private(holder).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


@lru_cache(maxsize=256)
def public(holder: str) -> Key:
    return sshsig.public_key(private(holder), f"{holder} demonstration")


def holder_of(line: str, person: str) -> str | None:
    """Which of this person's demonstration keys a registered line is, if any."""
    try:
        key = sshsig.parse_key(line)
    except sshsig.BadSignature:
        return None
    names = (_generation(person, generation) for generation in _GENERATIONS)
    return next((name for name in names if public(name) == key), None)


def filled(text: bytes, number: str) -> bytes:
    """A file of `number` with its key in the place of `@KEY@`, or of the line that an earlier seed gave."""

    def line(found: re.Match[bytes]) -> bytes:
        holder = FORGE if found["forge"] else _generation(number, int(found["generation"] or 1))
        return public(found["holder"].decode() if found["holder"] else holder).line.encode()

    return _PLACEHOLDER.sub(line, text)


def _generation(person: str, generation: int) -> str:
    return person if generation == 1 else f"{person}-{generation}"
