"""Sealing: the files of a record encrypted to its readers, and who can read it afterwards; nothing is written here.

Every writing of a record makes a new key, so whoever was removed from its readers cannot read what is written next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from muniment import age, classification, edit, keystore
from muniment.age import Identity
from muniment.classification import Reader
from muniment.facts import Facts
from muniment.findings import Text
from muniment.keystore import ESCROW, Ring
from muniment.records import Record
from muniment.schemas import STUB

_TITLED = re.compile(r"^title:", re.MULTILINE)


class Impossible(Exception):
    """Why a record cannot be sealed or opened, for the person who asked."""

    def __init__(self, words: Text, **params: object) -> None:
        super().__init__(words.en)
        self.words = words
        self.params = params


NO_ESCROW = Text(
    "the policy `confidentiality` names no escrow key, so a lost key would lose the record: put a public key of age under"
    " `escrow`; its private half belongs on paper in a safe",
    "保密制度（confidentiality）没有写明托管公钥，密钥一旦遗失，记录就再也打不开：请在 `escrow` 填写 age 公钥；对应私钥打印后存入保险柜",
)
NO_READER = Text(
    "nobody would be able to read {number}: name a custodian or readers, as --custodian YG0001",
    "没有人能够读取 {number}：请指明保管人或知悉人员，如 --custodian YG0001",
)
NO_CUSTODIAN = Text(
    "{number} is {level} and has no custodian: name one, as --custodian YG0001",
    "{number} 的密级是“{level}”，还没有保管人：请指明，如 --custodian YG0001",
)
NO_RECIPIENT = Text(
    "{name} has registered no key to encrypt to: `muniment keys identity` makes one, `muniment keys recipient` registers it",
    "{name} 还没有登记加密公钥：本人可用 `muniment keys identity` 生成，再用 `muniment keys recipient` 登记",
)
LOCKED = Text(
    "{number} is encrypted, and no key at hand opens it: give yours by --identity FILE or MUNIMENT_IDENTITY; it is for {names}",
    "{number} 已加密，现有的私钥打不开：请用 --identity 文件 或 MUNIMENT_IDENTITY 给出您的私钥；可读取的人员：{names}",
)
DESTROYED = Text(
    "the keys of {number} were destroyed on {date} ({why}); nobody can read it any more",
    "{number} 的密钥已于 {date} 销毁（{why}），任何人都无法再读取",
)
NO_RING = Text(
    "{number} is encrypted, but the key store holds no key of it; fetch the store: git fetch origin",
    "{number} 已加密，但密钥库中没有它的密钥；请取回密钥库：git fetch origin",
)
NOTHING = Text(
    "{number} has nothing to encrypt: no body, no attachments, and its type is not one whose facts are sealed",
    "{number} 没有需要加密的内容：没有正文和附件，其类型也不在封存之列",
)


@dataclass(frozen=True)
class Sealed:
    """What sealing changes: files to write (None: to remove), and the record's ring for the key store. `opens` gives the plain
    text of what was encrypted, to rehearse with.
    """

    files: Mapping[str, bytes | None]
    ring: Ring
    opens: Mapping[bytes, bytes] = field(repr=False)


@dataclass(frozen=True)
class Plain:
    """A record in plain text: the facts of the stub, the text of the facts beyond it, body and attachments by path."""

    stub: Mapping[str, Any]
    beyond: str
    files: Mapping[str, bytes]


def opened(record: Record, facts: Facts) -> Plain:
    """The record in plain text, whatever of it is encrypted. Raises `Impossible` where that cannot be read."""
    if record.is_locked:
        raise locked(record, facts)
    files = {path.removesuffix(age.SUFFIX): record.plain(path) or b"" for path in record.encrypted}
    facts_path = record.path.removesuffix(".yaml")
    beyond = files.pop(facts_path, None)
    files |= {path: record.tree.read(path) for path in classification.plain_texts(record)}
    stub = {name: value for name, value in record.document.plain.items() if name in STUB}
    if beyond is None and len(stub) == len(record.data):
        return Plain(stub, "", files)
    text = beyond.decode("utf-8") if beyond is not None else record.document.text
    for name in STUB if beyond is None else ():
        text = edit.remove(text, (name,))
    return Plain(stub, text, files)


def joined(stub: Mapping[str, Any], beyond: str) -> str:
    """The text of the facts with what was encrypted, the stub's first; the title that was sealed is the record's."""
    kept = {name: value for name, value in stub.items() if name != "title" or not _TITLED.search(beyond)}
    return f"{edit.dump(kept)}{beyond}"


def locked(record: Record, facts: Facts) -> Impossible:
    """Why a record cannot be read here."""
    ring = facts.keystore.rings.get(record.number)
    if ring is not None and ring.destroyed:
        said = {"date": ring.destroyed.get("date", "—"), "why": ring.destroyed.get("by", "—")}
        return Impossible(DESTROYED, number=record.number, **said)
    if ring is None or ring.current is None:
        return Impossible(NO_RING, number=record.number)
    names = [facts.title(number) for number in ring.current.readers if number != ESCROW]
    return Impossible(LOCKED, number=record.number, names=", ".join(names) or "—")


def readers(record: Record, facts: Facts, ring: Ring | None) -> tuple[Reader, ...]:
    """Whom a record is encrypted to. Raises `Impossible` where somebody has no key, or nobody would be left."""
    found = classification.readers(record, facts.policy, facts.register, facts.today, ring)
    *people, escrow = found
    if not escrow.recipient:
        raise Impossible(NO_ESCROW)
    for reader in people:
        if not reader.recipient:
            raise Impossible(NO_RECIPIENT, name=f"{facts.title(reader.number)} ({reader.number})")
    if not people:
        raise Impossible(NO_READER, number=record.number)
    return found


def seal(record: Record, facts: Facts, plain: Plain, moment: str, *, title: str | None = None) -> Sealed:
    """The record with all that has to be secret encrypted under a new key. `moment` is the time of the change; `title` stands
    in the stub instead of the record's own, which is sealed then. Raises `Impossible`.
    """
    ring = facts.keystore.rings.get(record.number) or Ring(record.number)
    if ring.destroyed:
        raise locked(record, facts)
    said = {**record.data, "confidentiality": plain.stub.get("confidentiality")}
    meant = replace(record, document=replace(record.document, data=said))
    is_sealed = bool(plain.beyond) and (record.seal or is_of_sealed_type(record, facts))
    if not is_sealed and not plain.files:
        raise Impossible(NOTHING, number=record.number)
    if plain.files and not (said["confidentiality"] or {}).get("custodian"):
        raise Impossible(NO_CUSTODIAN, number=record.number, level=facts.level(meant))
    to = {each.number: each.recipient for each in readers(meant, facts, ring)}
    key = keystore.new_key(age.generate(), to, facts.today)
    text, texts = _parted(record, plain, title) if is_sealed else (_told(record, plain), dict(plain.files))
    made = {path: age.encrypt(content, [key.recipient]) for path, content in texts.items()}
    files: dict[str, bytes | None] = {path + age.SUFFIX: content for path, content in made.items()}
    files[record.path] = _entered(text, plain.stub, record, files).encode()
    files |= {path: None for path in texts if path in record.files}
    ring = replace(ring, changed=moment, keys=(*ring.keys, key))
    return Sealed(files, ring, {content: texts[path] for path, content in made.items()})


def declassified(record: Record, plain: Plain, level: str) -> dict[str, bytes | None]:
    """The files of a record that is no secret any more: text and attachments in plain, the level lowered, no term. The keys stay in
    the store, for earlier revisions.
    """
    text = edit.set_value(record.document.text, ("confidentiality", "level"), level)
    if classification.term(record):
        text = edit.remove(text, ("confidentiality", "until"))
    files: dict[str, bytes | None] = {
        path + age.SUFFIX: None for path in plain.files if path + age.SUFFIX in record.files
    }
    files |= plain.files
    for index, entry in enumerate(record.data.get("attachments") or ()):
        name = str(entry.get("file", "")).removesuffix(age.SUFFIX)
        content = plain.files.get(f"{record.folder}/files/{name}")
        if content is not None:
            text = edit.set_value(text, ("attachments", index, "file"), name)
            text = edit.set_value(text, ("attachments", index, "sha256"), hashlib.sha256(content).hexdigest())
    files[record.path] = text.encode()
    return files


def evidence_key(record: Record, facts: Facts, moment: str) -> tuple[str, Ring | None]:
    """What the evidence of an act on a record is encrypted to: the key of its present writing, so that whoever reads the one
    reads the other. A record that has none yet gets one, and its ring is to be written. Raises `Impossible`.
    """
    ring = facts.keystore.rings.get(record.number) or Ring(record.number)
    if ring.destroyed:
        raise locked(record, facts)
    if ring.current is not None:
        return ring.current.recipient, None
    to = {each.number: each.recipient for each in readers(record, facts, ring)}
    key = keystore.new_key(age.generate(), to, facts.today)
    return key.recipient, replace(ring, changed=moment, keys=(*ring.keys, key))


def seal_evidence(record: Record, facts: Facts, moment: str) -> Sealed:
    """Only what acts on the present revision brought in plain text; the record itself and its key stay. Raises `Impossible`."""
    recipient, ring = evidence_key(record, facts, moment)
    plain = frozenset(classification.plain_evidence(record))
    files: dict[str, bytes | None] = {}
    opens: dict[bytes, bytes] = {}
    for act in (*record.acts, *record.readings):
        folder, text = act.path.rpartition("/")[0], act.document.text
        for index, entry in enumerate(act.data.get("evidence") or ()):
            path = f"{folder}/{entry['file']}"
            if path in plain:
                content = record.tree.read(path)
                cipher = age.encrypt(content, [recipient])
                text = edit.set_value(text, ("evidence", index, "file"), f"{entry['file']}{age.SUFFIX}")
                text = edit.set_value(text, ("evidence", index, "sha256"), hashlib.sha256(cipher).hexdigest())
                files |= {path: None, path + age.SUFFIX: cipher, act.path: text.encode()}
                opens[cipher] = content
    return Sealed(files, ring or facts.keystore.rings[record.number], opens)


def is_of_sealed_type(record: Record, facts: Facts) -> bool:
    return record.type.name in classification.sealed_types(facts.policy)


def _parted(record: Record, plain: Plain, title: str | None) -> tuple[str, dict[str, bytes]]:
    """The stub, and all texts to encrypt, the facts beyond the stub among them."""
    stub, beyond = dict(plain.stub), plain.beyond
    if title is not None and stub.get("title") not in (None, title):
        beyond = edit.set_value(beyond, ("title",), stub["title"])
        stub["title"] = title
    # Written anew: a comment beside a fact that is sealed now would stay behind.
    text = edit.dump({name: stub[name] for name in STUB if name in stub})
    return text, {**plain.files, record.path.removesuffix(".yaml"): beyond.encode()}


def _told(record: Record, plain: Plain) -> str:
    """The facts of a record that are not sealed, with what is to be known of its confidentiality."""
    own = plain.stub.get("confidentiality")
    if own == record.data.get("confidentiality"):
        return record.document.text
    return edit.set_value(record.document.text, ("confidentiality",), own)


def _entered(text: str, stub: Mapping[str, Any], record: Record, files: Mapping[str, bytes | None]) -> str:
    """The facts with their attachments under the names and digests of what is encrypted."""
    for index, entry in enumerate(stub.get("attachments") or ()):
        name = str(entry.get("file", "")).removesuffix(age.SUFFIX) + age.SUFFIX
        content = files.get(f"{record.folder}/files/{name}")
        if content is not None:
            text = edit.set_value(text, ("attachments", index, "file"), name)
            text = edit.set_value(text, ("attachments", index, "sha256"), hashlib.sha256(content).hexdigest())
    return text


# -- Readers ------------------------------------------------------------------------------------------------


def rewrapped(
    record: Record, facts: Facts, identities: tuple[Identity, ...], ring: Ring, moment: str
) -> Ring:
    """The ring with the key in use wrapped to whom the record is for now; no file of the record changes. Earlier keys lose
    those who are no readers any more. Raises `Impossible`.
    """
    if ring.current is None:
        raise locked(record, facts)
    to = {each.number: each.recipient for each in readers(record, facts, ring)}
    try:
        current = keystore.rewrapped(ring.current, identities, to)
    except age.Locked as problem:
        raise locked(record, facts) from problem
    earlier = tuple(
        replace(key, wrappings=tuple(each for each in key.wrappings if each.reader in to))
        for key in ring.keys[:-1]
    )
    after = replace(ring, keys=(*earlier, current))
    return replace(after, changed=moment) if after != facts.keystore.rings.get(record.number) else after


def destroyed(ring: Ring, moment: str, **why: str) -> Ring:
    """The ring without any keys, and with what is to be known of that."""
    return Ring(ring.number, moment, destroyed={**why})
