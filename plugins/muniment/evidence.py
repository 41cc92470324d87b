"""Who really made a commit, and what that is worth: signed, forge, declared (trust.md)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from muniment import pgp, signatures, sshsig
from muniment.findings import Fault, Place
from muniment.history import Commit
from muniment.records import Act
from muniment.register import Person, Register, lower

LEVELS = ("imported", "declared", "forge", "signed")
# Imported acts are outside the ladder: no chain can demand them, and none is satisfied by them but by its own rule.
_LADDER = {"declared": 0, "forge": 1, "signed": 2}


@dataclass(frozen=True)
class Proof:
    """What stands behind an act: the level, the commit that brought it, and that commit's time (seconds, offset)."""

    level: str
    commit: str
    when: int
    zone: str
    key: str = ""


def author(commit: Commit, register: Register) -> Person | None:
    """The person whose address the author line bears."""
    return register.by_email.get(lower(commit.author.email))


def writers(commit: Commit, register: Register) -> frozenset[str]:
    """Staff numbers of everybody who may have made a commit: all who claim the author's address, and whose key signed it."""
    address = lower(commit.author.email)
    person = register.by_email.get(address)
    found = {person.number} if person else set()
    if person is None and address in register.by_email:
        found = {other.number for other in register.people.values() if address in other.emails}
    with suppress(sshsig.BadSignature):  # which tells nothing here; an act's own is judged by `prove`
        claimed = signatures.claimed(commit.raw)
        # A key that belongs to nobody else adds no writer, whether the signature is good or not.
        if claimed is None or not _owners(claimed, register) <= found:
            found |= _owners(_key(commit, register)[1], register)
    return frozenset(found)


def _owners(key: bytes, register: Register) -> set[str]:
    return {owner.number for owner, _ in register.by_key.get(key, ())}


def vouched(commit: Commit, register: Register, chain: str) -> str:
    """The author of a commit whose evidence suffices for acts of `chain`, by staff number; empty where it does not."""
    person, needed = author(commit, register), register.policy.level_for(chain)
    if person is None or needed == "declared":
        return person.number if person else ""
    try:
        blob = _key(commit, register)[1]
    except sshsig.BadSignature:
        return ""
    own = any(owner is person for owner, _ in register.by_key.get(blob, ()))
    return person.number if own or (needed == "forge" and blob in register.forge) else ""


def day_of(commit: Commit, register: Register) -> str:
    """The commit's date in the registry's time zone; the far past where git wrote a time that no clock shows."""
    return _day(commit.committer.when, register.policy.zone)


@lru_cache(maxsize=1 << 12)
def _day(when: int, zone: tzinfo) -> str:
    try:
        return datetime.fromtimestamp(when, UTC).astimezone(zone).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return "0001-01-01"


def prove(act: Act, number: str, commit: Commit, register: Register) -> tuple[Proof, list[Fault]]:
    """How a commit proves the act that it brings, and what speaks against it."""
    faults = list(_author(act, number, commit, register))
    level, key, found = _level(act, number, commit, register)
    faults += found
    needed = register.policy.level_for(act.chain)
    if not faults and _LADDER.get(level, 0) < _LADDER.get(needed, 0):
        faults.append(_fault("evidence-too-weak", act, number, commit, level=level, needed=needed))
    return Proof(level, commit.id, commit.committer.when, commit.committer.zone, key), faults


def _fault(rule: str, act: Act, number: str, commit: Commit, *pointer: str, **params: object) -> Fault:
    name = act.path.rpartition("/")[2]
    return Fault(rule, Place(act.path, pointer), {"act": name, "commit": commit.id[:8], **params}, number)


def _author(act: Act, number: str, commit: Commit, register: Register) -> Iterator[Fault]:
    person = author(commit, register)
    if person is None or person.number != act.by:
        named = register.people.get(act.by)
        if named is not None:
            said = f"{commit.author.name} <{commit.author.email}>"
            who = "".join(c if c.isprintable() else "\ufffd" for c in said)  # it goes to terminals and pages
            yield _fault(
                "author-is-not-signer", act, number, commit, "by", by=f"{named.name} ({act.by})", author=who
            )


def _key(commit: Commit, register: Register) -> tuple[str, bytes]:
    """The fingerprint of the key that signed a commit and what the register files it under; empty where nobody's did.

    Raises `BadSignature` for a signature that is not good.
    """
    found = signatures.of(commit.raw)
    if found.key is not None:
        return found.key.fingerprint, found.key.blob
    if found.bad is not None:
        raise sshsig.BadSignature(found.bad)
    if found.kind == "unknown":
        raise sshsig.BadSignature("armour")
    if found.kind == "pgp":
        parts = sshsig.split_commit(commit.raw)
        signer = pgp.signer(parts.payload, parts.signature or b"", register.certificates)
        return signer, signer.encode()
    return "", b""


def _level(act: Act, number: str, commit: Commit, register: Register) -> tuple[str, str, list[Fault]]:
    try:
        key, blob = _key(commit, register)
    except sshsig.BadSignature as problem:
        return "declared", "", [_fault("bad-signature", act, number, commit, reason=problem.reason)]
    if not blob:
        return "declared", key, []
    owners = register.by_key.get(blob, ())
    own = [term for person, term in owners if person.number == act.by]
    if own:
        if any(term.holds(act.date, register.day) for term in own):
            return "signed", key, []
        return "declared", key, [_fault("key-not-in-force", act, number, commit, key=key, date=act.date)]
    if owners:
        other = owners[0][0]
        who = f"{other.name} ({other.number})"
        return (
            "declared",
            key,
            [_fault("signature-of-another", act, number, commit, "by", owner=who, by=act.by)],
        )
    committer = lower(commit.committer.email)
    for address, term in register.forge.get(blob, ()):
        if address == committer and term.holds(act.date, register.day):
            return "forge", key, []
    return "declared", key, []
