"""SSH keys and signatures, judged in this process: a program started for each costs fifty times as much."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PrivateKey = ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Reason = Literal[
    "armour",  # not the armoured text of one SSH signature
    "layout",  # the packed bytes do not have the shape that the protocol asks for
    "namespace",  # signed for another purpose (a file, a letter)
    "hash",  # hashed with something else than SHA-256 or SHA-512
    "key",  # a key of an unknown kind, or not a key at all
    "weak-key",  # RSA outside of 2048 to 16384 bits
    "algorithm",  # signed in another way than the key's own, such as RSA with SHA-1
    "presence",  # a security key that nobody touched
    "mismatch",  # not made by this key over this message
    "several",  # more than one signature on a commit
]
Kind = Literal["ssh", "pgp", "x509", "unknown"]

MAGIC = b"SSHSIG"
BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
END = b"\n-----END SSH SIGNATURE-----"
# The largest honest signature (RSA of 16384 bits) takes 6 kB; what is longer is not worth decoding.
LONGEST = 16_384
SMALLEST_RSA = 2048
LARGEST_RSA = 16_384
PRESENCE = 0x01

_HASHES: dict[bytes, Callable[[bytes], hashlib._Hash]] = {
    b"sha256": hashlib.sha256,
    b"sha512": hashlib.sha512,
}
_CURVES: dict[str, tuple[str, ec.EllipticCurve, HashAlgorithm]] = {
    "ecdsa-sha2-nistp256": ("nistp256", ec.SECP256R1(), SHA256()),
    "ecdsa-sha2-nistp384": ("nistp384", ec.SECP384R1(), SHA384()),
    "ecdsa-sha2-nistp521": ("nistp521", ec.SECP521R1(), SHA512()),
    "sk-ecdsa-sha2-nistp256@openssh.com": ("nistp256", ec.SECP256R1(), SHA256()),
}
_RSA_HASHES: dict[str, HashAlgorithm] = {"rsa-sha2-256": SHA256(), "rsa-sha2-512": SHA512()}
_KINDS: tuple[tuple[bytes, Kind], ...] = (
    (b"-----BEGIN SSH SIGNATURE-----", "ssh"),
    (b"-----BEGIN PGP SIGNATURE-----", "pgp"),
    (b"-----BEGIN PGP MESSAGE-----", "pgp"),
    (b"-----BEGIN SIGNED MESSAGE-----", "x509"),
)
_ONE = re.compile(rb"\ngpgsig ([^\n]*(?:\n [^\n]*)*)\n")
_LINE = re.compile(
    r"(?P<algorithm>[a-z0-9@.-]+)[ \t]+(?P<blob>[A-Za-z0-9+/]+={0,2})(?:[ \t]+(?P<comment>.*))?"
)


class BadSignature(ValueError):
    """A signature (or key) that proves nothing, and why; the reason is one of a closed list of words."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self._reason = reason

    @property
    def reason(self) -> Reason:
        return self._reason


@dataclass(frozen=True, slots=True)
class Key:
    """A public key. Two keys are the same when their bytes are; the comment is only for people."""

    algorithm: str
    blob: bytes
    comment: str = field(default="", compare=False)

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def line(self) -> str:
        """As in a `.pub` file, without line end."""
        return " ".join(filter(None, (self.algorithm, base64.b64encode(self.blob).decode(), self.comment)))


@dataclass(frozen=True, slots=True)
class SplitCommit:
    """A commit taken apart: what was signed, the signature as armoured text, and which program made it."""

    payload: bytes
    signature: bytes | None = None
    kind: Kind | None = None


def parse_key(line: str) -> Key:
    """The key of one line of a `.pub` file; raises BadSignature for a kind or size that is not accepted."""
    found = _LINE.fullmatch(line.strip())
    if not found:
        raise BadSignature("layout")
    try:
        blob = base64.b64decode(found["blob"], validate=True)
    except binascii.Error:
        raise BadSignature("layout") from None
    if _verifier(blob).algorithm != found["algorithm"]:
        raise BadSignature("key")
    return Key(found["algorithm"], blob, (found["comment"] or "").strip())


def public_key(private: PrivateKey, comment: str = "") -> Key:
    line = private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    return parse_key(f"{line} {comment}")


def verify(message: bytes, armored: bytes | str, namespace: str = "git") -> Key:
    """The key whose holder signed this message for this purpose; whose key it is, the caller knows.

    Raises BadSignature, and nothing else, whatever the input.
    """
    outer = _Reader(_dearmored(armored))
    if outer.take(len(MAGIC)) != MAGIC or outer.number() != 1:
        raise BadSignature("layout")
    blob, claimed, _reserved, hash_name, signature = (outer.string() for _ in range(5))
    outer.finish()
    if claimed != namespace.encode():
        raise BadSignature("namespace")
    if hash_name not in _HASHES:
        raise BadSignature("hash")
    verifier = _verifier(blob)
    verifier.verify(signature, _signed_data(message, claimed, hash_name))
    return Key(verifier.algorithm, blob)


def claimed(armored: bytes) -> bytes:
    """The bytes of the key that a signature says it was made by, without looking whether it was. Raises BadSignature."""
    outer = _Reader(_dearmored(armored))
    if outer.take(len(MAGIC)) != MAGIC or outer.number() != 1:
        raise BadSignature("layout")
    return outer.string()


def sign(message: bytes, private: PrivateKey, namespace: str = "git") -> str:
    """The same text as `ssh-keygen -Y sign` writes."""
    data = _signed_data(message, namespace.encode(), b"sha512")
    inner = _raw_signature(private, data)
    blob = public_key(private).blob
    packed = (
        MAGIC
        + struct.pack(">I", 1)
        + b"".join(_string(part) for part in (blob, namespace.encode(), b"", b"sha512", inner))
    )
    text = base64.b64encode(packed)
    lines = b"\n".join(text[start : start + 70] for start in range(0, len(text), 70))
    return (BEGIN + lines + END + b"\n").decode()


def split_commit(raw: bytes, header: bytes = b"gpgsig") -> SplitCommit:
    """Part a raw commit object into the bytes that were signed and the signature.

    Git joins several signatures into one text and shows whichever it likes, so more than one is refused
    (`several`); a signature meant for the other object format would be ignored by Git and counts the same.
    """
    end = raw.find(b"\n\n")
    head, rest = (raw, b"") if end < 0 else (raw[: end + 1], raw[end + 1 :])
    usual = _ONE.search(head) if header == b"gpgsig" and head.count(b"gpgsig") == 1 else None
    if usual:
        text = usual[1].replace(b"\n ", b"\n") + b"\n"
        return SplitCommit(head[: usual.start() + 1] + head[usual.end() :] + rest, text, _kind(text))
    return _split_line_by_line(head, rest, header)


def _split_line_by_line(head: bytes, rest: bytes, header: bytes) -> SplitCommit:
    kept: list[bytes] = []
    signature: list[bytes] = []
    inside = False
    for line in re.findall(rb"[^\n]*\n|[^\n]+\Z", head):
        if inside and line.startswith(b" "):
            signature.append(line[1:])
            continue
        inside = line.startswith(b"gpgsig")
        if not inside:
            kept.append(line)
        elif signature or not line.startswith(header + b" "):
            raise BadSignature("several")
        else:
            signature.append(line[len(header) + 1 :])
    payload = b"".join(kept) + rest
    if not signature:
        return SplitCommit(payload)
    text = b"".join(signature)
    return SplitCommit(payload, text, _kind(text))


def _kind(text: bytes) -> Kind:
    return next((kind for start, kind in _KINDS if text.startswith(start)), "unknown")


@dataclass(frozen=True, slots=True)
class _Verifier:
    """A public key made ready: `verify` takes a signature and the signed data, and raises BadSignature."""

    algorithm: str
    verify: Callable[[bytes, bytes], None]


class _Reader:
    """The packed strings and numbers of the SSH protocol, read in order."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        part = self._data[self._at : self._at + length]
        if len(part) != length:
            raise BadSignature("layout")
        self._at += length
        return part

    def number(self) -> int:
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        return self.take(self.number())

    def positive(self) -> int:
        """A multiple-precision number; negative and padded ones are refused, as second spellings."""
        data = self.string()
        if not data or data[0] & 0x80 or (data[0] == 0 and (len(data) == 1 or not data[1] & 0x80)):
            raise BadSignature("layout")
        return int.from_bytes(data, "big")

    def finish(self) -> None:
        if self._at != len(self._data):
            raise BadSignature("layout")


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _signed_data(message: bytes, namespace: bytes, hash_name: bytes) -> bytes:
    # OpenSSH signs an empty "reserved" field whatever the signature carries there.
    parts = (namespace, b"", hash_name, _HASHES[hash_name](message).digest())
    return MAGIC + b"".join(map(_string, parts))


def _dearmored(armored: bytes | str) -> bytes:
    try:
        text = armored.encode("ascii") if isinstance(armored, str) else bytes(armored)
    except UnicodeEncodeError:
        raise BadSignature("armour") from None
    text = text.rstrip(b"\n")
    if len(text) > LONGEST or not text.startswith(BEGIN) or not text.endswith(END):
        raise BadSignature("armour")
    try:
        return base64.b64decode(text[len(BEGIN) : -len(END)].replace(b"\n", b""), validate=True)
    except binascii.Error:
        raise BadSignature("armour") from None


@lru_cache(maxsize=1024)
def _verifier(blob: bytes) -> _Verifier:
    """The key in these bytes; few people sign much, so keys are made ready once."""
    reader = _Reader(blob)
    algorithm = reader.string().decode("ascii", "replace")
    if algorithm in ("ssh-ed25519", "sk-ssh-ed25519@openssh.com"):
        check = _ed25519_check(reader, algorithm)
    elif algorithm in _CURVES:
        check = _ecdsa_check(reader, algorithm)
    elif algorithm == "ssh-rsa":
        check = _rsa_check(reader)
    else:
        raise BadSignature("key")
    if not algorithm.startswith("sk-"):
        reader.finish()
        return _Verifier(algorithm, check)
    application = reader.string()
    reader.finish()
    return _Verifier(algorithm, _touched(check, hashlib.sha256(application).digest()))


def _ed25519_check(reader: _Reader, algorithm: str) -> Callable[[bytes, bytes], None]:
    point = reader.string()
    if len(point) != 32:
        raise BadSignature("key")
    key = ed25519.Ed25519PublicKey.from_public_bytes(point)

    def check(signature: bytes, data: bytes) -> None:
        _settle(key.verify, _raw(signature, algorithm), data)

    return check


def _ecdsa_check(reader: _Reader, algorithm: str) -> Callable[[bytes, bytes], None]:
    name, curve, digest = _CURVES[algorithm]
    if reader.string() != name.encode():
        raise BadSignature("key")
    point = reader.string()
    if point[:1] != b"\x04":  # the compressed form would be a second spelling of the same key
        raise BadSignature("key")
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(curve, point)
    except (ValueError, UnsupportedAlgorithm):
        raise BadSignature("key") from None

    def check(signature: bytes, data: bytes) -> None:
        numbers = _Reader(_raw(signature, algorithm))
        pair = utils.encode_dss_signature(numbers.positive(), numbers.positive())
        numbers.finish()
        _settle(key.verify, pair, data, ec.ECDSA(digest))

    return check


def _rsa_check(reader: _Reader) -> Callable[[bytes, bytes], None]:
    exponent, modulus = reader.positive(), reader.positive()
    if not SMALLEST_RSA <= modulus.bit_length() <= LARGEST_RSA or exponent.bit_length() > 64:
        raise BadSignature("weak-key")
    try:
        key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise BadSignature("key") from None
    size = (modulus.bit_length() + 7) // 8

    def check(signature: bytes, data: bytes) -> None:
        algorithm = _Reader(signature).string().decode("ascii", "replace")
        if algorithm not in _RSA_HASHES:
            raise BadSignature("algorithm")
        # Some programs leave leading zeros away; OpenSSH puts them back as well.
        raw = _raw(signature, algorithm).rjust(size, b"\0")
        _settle(key.verify, raw, data, padding.PKCS1v15(), _RSA_HASHES[algorithm])

    return check


def _touched(check: Callable[[bytes, bytes], None], application: bytes) -> Callable[[bytes, bytes], None]:
    """The check of a security key, which signs the application, its flags and its counter with the data."""

    def touched(signature: bytes, data: bytes) -> None:
        tail = signature[-5:]
        if len(tail) != 5:
            raise BadSignature("layout")
        check(signature[:-5], application + tail + hashlib.sha256(data).digest())
        if not tail[0] & PRESENCE:
            raise BadSignature("presence")

    return touched


def _raw(signature: bytes, algorithm: str) -> bytes:
    reader = _Reader(signature)
    if reader.string() != algorithm.encode():
        raise BadSignature("algorithm")
    raw = reader.string()
    reader.finish()
    return raw


def _settle(verify_with: Callable[..., object], *arguments: object) -> None:
    try:
        verify_with(*arguments)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        raise BadSignature("mismatch") from None


def _raw_signature(private: PrivateKey, data: bytes) -> bytes:
    match private:
        case ed25519.Ed25519PrivateKey():
            return _string(b"ssh-ed25519") + _string(private.sign(data))
        case rsa.RSAPrivateKey():
            return _string(b"rsa-sha2-512") + _string(private.sign(data, padding.PKCS1v15(), SHA512()))
        case _:
            algorithm = public_key(private).algorithm
            pair = utils.decode_dss_signature(private.sign(data, ec.ECDSA(_CURVES[algorithm][2])))
            return _string(algorithm.encode()) + _string(
                b"".join(_string(_spelled(number)) for number in pair)
            )


def _spelled(number: int) -> bytes:
    # One bit more than the number has: the first bit is the sign.
    return number.to_bytes(number.bit_length() // 8 + 1, "big")
