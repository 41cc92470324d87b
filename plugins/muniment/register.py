"""The organization at one moment: who is on the staff register, with which addresses, keys and roles.

Plain checks read it from the working tree; a step of main is judged by the register as main was just before it, so
nobody can grant himself what he uses (trust.md, rule 1).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from muniment import pgp, sshsig
from muniment.policy import Policy, Stage

_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_ED25519 = b"\0\0\0\x0bssh-ed25519"


@dataclass(frozen=True)
class Term:
    """From and to, both included, as ISO dates; empty for an open end."""

    start: str = ""
    end: str = ""

    def holds(self, day: str, base: str = "") -> bool:
        """On `day`, unless it had ended before `base`, whatever day is claimed (no back-dating)."""
        begun = not self.start or self.start <= day
        return begun and (not self.end or (day <= self.end and base <= self.end))


@dataclass(frozen=True)
class Held:
    """A role of one person, in a department."""

    role: str
    department: str
    term: Term


@dataclass(frozen=True)
class SigningKey:
    """A key of one person; `blob` is the key itself, the comment beside it does not matter."""

    blob: bytes
    term: Term


@dataclass(frozen=True)
class Person:
    """One entry of the staff register. Addresses are in ASCII lower case (trust.md, rule 3)."""

    number: str
    name: str
    emails: tuple[str, ...]
    department: str
    superior: str
    term: Term
    roles: tuple[Held, ...]
    keys: tuple[SigningKey, ...]
    age_recipient: str = ""

    def recipient(self, day: str) -> str:
        """The public key that is encrypted to for this person: the one registered for it, else the latest SSH key in force
        that age can use; empty where there is neither.
        """
        if self.age_recipient:
            return self.age_recipient
        usable = [key for key in self.keys if key.term.holds(day) and key.blob.startswith(_ED25519)]
        latest = max(usable, key=lambda key: key.term.start, default=None)
        return f"ssh-ed25519 {base64.b64encode(latest.blob).decode()}" if latest else ""


@dataclass(frozen=True)
class Register:
    """People by staff number, and the policy that was in force with them. `day` is the date of that moment, empty where
    only the date of an act counts. `certificates` are the OpenPGP key blocks of people and forges, since such a
    signature only names its key.
    """

    people: Mapping[str, Person]
    policy: Policy
    day: str = ""
    forge: Mapping[bytes, tuple[tuple[str, Term], ...]] = field(default_factory=dict)
    certificates: tuple[str, ...] = ()

    @cached_property
    def by_email(self) -> Mapping[str, Person | None]:
        """People by address; `None` for an address that two persons claim, since it proves neither."""
        found: dict[str, Person | None] = {}
        for person in self.people.values():
            for email in person.emails:
                found[email] = None if email in found and found[email] is not person else person
        return found

    @cached_property
    def by_key(self) -> Mapping[bytes, tuple[tuple[Person, Term], ...]]:
        """Who has registered a key, with its term."""
        found: dict[bytes, tuple[tuple[Person, Term], ...]] = {}
        for person in self.people.values():
            for key in person.keys:
                found[key.blob] = (*found.get(key.blob, ()), (person, key.term))
        return found

    def may(self, person: Person, stage: Stage, owner: str, superior: str, day: str) -> bool:
        """Whether a person may act at a stage on `day`: holds one of its roles, in the owning department if it asks so."""
        if not person.term.holds(day, self.day):
            return False
        if "superior" in stage.roles and superior == person.number:
            return True
        return any(
            held.role in stage.roles
            and held.term.holds(day, self.day)
            and (not stage.of_owner or held.department == owner)
            for held in person.roles
        )

    def heads(self, number: str, department: str, day: str) -> bool:
        """Whether a person is the head of a department on `day`."""
        person = self.people.get(number)
        stage = Stage("department", ("department-head",), of_owner=True)
        return person is not None and self.may(person, stage, department, "", day)

    def owner(self, data: Mapping[str, Any]) -> str:
        """The department that a record belongs to: a loan's is the borrower's, else its own, else its person's."""
        for name in ("borrower", "department", "staff", "author"):
            value = data.get(name)
            if name == "department" and isinstance(value, str):
                return value
            if isinstance(value, str) and value in self.people:
                return self.people[value].department
        return ""

    def superior(self, data: Mapping[str, Any]) -> str:
        """The superior of the person whom a record is about."""
        person = self.people.get(str(data.get("staff", "")))
        return person.superior if person else ""


def lower(address: str) -> str:
    """An address for comparison: ASCII letters without case, every other byte as it is."""
    return address.translate(_LOWER)


def build(staff: Iterable[Mapping[str, Any]], policy: Policy, day: str = "") -> Register:
    """The register from the facts of staff records, which have passed their schema."""
    facts = list(staff)
    people = {str(data["number"]): _person(data) for data in facts}
    lines = [str(key.get("key")) for data in facts for key in data.get("signing_keys") or ()]
    blocks = tuple(line for line in (*lines, *(key.key for key in policy.forge_keys)) if pgp.BLOCK in line)
    forge: dict[bytes, tuple[tuple[str, Term], ...]] = {}
    for key in policy.forge_keys:
        blob = _blob(key.key)
        if blob:
            forge[blob] = (*forge.get(blob, ()), (lower(key.committer), Term(key.start, key.end)))
    return Register(people, policy, day, forge, blocks)


def _person(data: Mapping[str, Any]) -> Person:
    department = str(data.get("department") or "")
    return Person(
        str(data["number"]),
        str(data.get("name") or data["number"]),
        tuple(lower(str(email)) for email in data.get("emails") or ()),
        department,
        str(data.get("superior") or ""),
        Term(str(data.get("joined") or ""), str(data.get("left") or "")),
        tuple(
            Held(str(role.get("role")), str(role.get("department") or department), _term(role))
            for role in data.get("roles") or ()
        ),
        tuple(
            SigningKey(blob, _term(key))
            for key in data.get("signing_keys") or ()
            if (blob := _blob(str(key.get("key"))))
        ),
        str(data.get("age_recipient") or ""),
    )


def _term(data: Mapping[str, Any]) -> Term:
    return Term(str(data.get("from") or ""), str(data.get("to") or ""))


def _blob(line: str) -> bytes:
    """What tells one key from another: the bytes of an SSH key, the fingerprint of an OpenPGP key block."""
    try:
        return sshsig.parse_key(line).blob
    except sshsig.BadSignature:
        return pgp.fingerprint(line).encode()
