"""SSH signatures against OpenSSH and Git themselves, and against whatever else may stand in their place."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_ssh_private_key,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment import sshsig
from muniment.sshsig import BadSignature, Key, PrivateKey

needs_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not here")
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not here")

MESSAGE = "第 1 版\n".encode()
ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"a test").digest())
KINDS = {
    "ed25519": ["-t", "ed25519"],
    "ecdsa256": ["-t", "ecdsa", "-b", "256"],
    "ecdsa384": ["-t", "ecdsa", "-b", "384"],
    "ecdsa521": ["-t", "ecdsa", "-b", "521"],
    "rsa2048": ["-t", "rsa", "-b", "2048"],
    "rsa3072": ["-t", "rsa", "-b", "3072"],
}


def run(*command: str, stdin: bytes = b"", cwd: Path | None = None) -> bytes:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(command, input=stdin, cwd=cwd, env=clean, check=True, capture_output=True).stdout


@pytest.fixture(scope="module", params=KINDS)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("keys") / request.param
    run("ssh-keygen", "-q", "-N", "", "-C", "YG0003 a comment", "-f", str(path), *KINDS[request.param])
    return path


def private(path: Path) -> PrivateKey:
    key = load_ssh_private_key(path.read_bytes(), None)
    assert isinstance(key, PrivateKey)
    return key


def reason(message: bytes, armored: bytes | str, namespace: str = "git") -> str:
    with pytest.raises(BadSignature) as caught:
        sshsig.verify(message, armored, namespace)
    return caught.value.reason


def string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def mpint(number: int) -> bytes:
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big"))


def armour(packed: bytes) -> bytes:
    return b"-----BEGIN SSH SIGNATURE-----\n" + base64.encodebytes(packed) + b"-----END SSH SIGNATURE-----\n"


def envelope(
    blob: bytes,
    signature: bytes,
    *,
    version: int = 1,
    namespace: bytes = b"git",
    reserved: bytes = b"",
    digest: bytes = b"sha512",
) -> bytes:
    parts = (blob, namespace, reserved, digest, signature)
    return armour(b"SSHSIG" + struct.pack(">I", version) + b"".join(map(string, parts)))


def signed_data(message: bytes = MESSAGE, namespace: bytes = b"git", digest: str = "sha512") -> bytes:
    hashed = hashlib.new(digest, message).digest()
    return b"SSHSIG" + b"".join(map(string, (namespace, b"", digest.encode(), hashed)))


# With OpenSSH and Git


@needs_ssh
def test_a_key_reads_as_ssh_keygen_prints_it(pair: Path) -> None:
    line = pair.with_suffix(".pub").read_text()
    key = sshsig.parse_key(line)
    assert key.line == line.strip()
    assert key.comment == "YG0003 a comment"
    assert key.fingerprint in run("ssh-keygen", "-l", "-f", f"{pair}.pub").decode().split()
    assert key == sshsig.public_key(private(pair))


@needs_ssh
@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_what_ssh_keygen_signs_verifies(pair: Path, digest: str) -> None:
    command = ("ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-O", f"hashalg={digest}", "-f", str(pair))
    armored = run(*command, stdin=MESSAGE)
    assert sshsig.verify(MESSAGE, armored) == sshsig.parse_key(pair.with_suffix(".pub").read_text())
    assert sshsig.verify(MESSAGE, armored.decode()).algorithm in pair.with_suffix(".pub").read_text()
    assert reason(MESSAGE + b"x", armored) == "mismatch"
    assert reason(MESSAGE, armored, "file") == "namespace"


@needs_ssh
def test_what_we_sign_satisfies_ssh_keygen(pair: Path, tmp_path: Path) -> None:
    key = private(pair)
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"a@example.org {sshsig.public_key(key).line}\n")
    (tmp_path / "signature").write_text(sshsig.sign(MESSAGE, key, "git"))
    command = ("ssh-keygen", "-Y", "verify", "-n", "git", "-I", "a@example.org", "-f", str(signers))
    run(*command, "-s", str(tmp_path / "signature"), stdin=MESSAGE)
    assert sshsig.verify(MESSAGE, sshsig.sign(MESSAGE, key)) == sshsig.public_key(key)


@needs_ssh
@needs_git
def test_a_commit_that_git_signed_verifies(pair: Path, tmp_path: Path) -> None:
    settings_ = {
        "user.name": "甲",
        "user.email": "a@example.org",
        "gpg.format": "ssh",
        "user.signingKey": str(pair),
    }
    options = [word for name, value in settings_.items() for word in ("-c", f"{name}={value}")]
    run("git", "init", "-q", "-b", "main", str(tmp_path))
    run("git", *options, "commit", "-q", "-S", "--allow-empty", "-m", "一\n\n二", cwd=tmp_path)
    raw = run("git", "cat-file", "commit", "HEAD", cwd=tmp_path)
    split = sshsig.split_commit(raw)
    assert split.kind == "ssh"
    assert split.signature is not None
    assert sshsig.verify(split.payload, split.signature) == sshsig.public_key(private(pair))


@needs_ssh
def test_ed25519_signatures_are_the_bytes_of_ssh_keygen(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(ED25519.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    path.chmod(0o600)
    theirs = run("ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", str(path), stdin=MESSAGE)
    assert sshsig.sign(MESSAGE, ED25519).encode() == theirs


# Security keys, whose signatures are put together by hand


def touch(data: bytes, flags: int, application: bytes = b"ssh:") -> tuple[bytes, bytes]:
    tail = bytes([flags]) + struct.pack(">I", 7)
    return hashlib.sha256(application).digest() + tail + hashlib.sha256(data).digest(), tail


def sk_ed25519(flags: int, application: bytes = b"ssh:") -> bytes:
    point = ED25519.public_key().public_bytes_raw()
    blob = string(b"sk-ssh-ed25519@openssh.com") + string(point) + string(application)
    data, tail = touch(signed_data(), flags, application)
    inner = string(b"sk-ssh-ed25519@openssh.com") + string(ED25519.sign(data)) + tail
    return envelope(blob, inner)


def sk_ecdsa(flags: int) -> tuple[bytes, bytes]:
    key = ec.derive_private_key(11, ec.SECP256R1())
    name = b"sk-ecdsa-sha2-nistp256@openssh.com"
    point = key.public_key().public_numbers()
    encoded = b"\x04" + point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big")
    blob = string(name) + string(b"nistp256") + string(encoded) + string(b"ssh:")
    data, tail = touch(signed_data(), flags)
    r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(SHA256())))
    return blob, envelope(blob, string(name) + string(mpint(r) + mpint(s)) + tail)


def test_a_touched_security_key_verifies() -> None:
    key = sshsig.verify(MESSAGE, sk_ed25519(0x01))
    assert key.algorithm == "sk-ssh-ed25519@openssh.com"
    blob, armored = sk_ecdsa(0x05)
    assert sshsig.verify(MESSAGE, armored) == Key("sk-ecdsa-sha2-nistp256@openssh.com", blob)
    assert sshsig.parse_key(key.line) == key


def test_an_untouched_security_key_proves_nothing() -> None:
    assert reason(MESSAGE, sk_ed25519(0x04)) == "presence"
    assert reason(MESSAGE, sk_ecdsa(0x00)[1]) == "presence"


def test_flags_and_counter_are_under_the_signature() -> None:
    armored = sk_ed25519(0x00)
    packed = bytearray(base64.b64decode(b"".join(armored.split(b"\n")[1:-2])))
    packed[-5] |= 0x01
    assert reason(MESSAGE, armour(bytes(packed))) == "mismatch"


@needs_ssh
def test_ssh_keygen_agrees_on_security_keys(tmp_path: Path) -> None:
    for armored in (sk_ed25519(0x01), sk_ecdsa(0x01)[1]):
        signers = tmp_path / "allowed_signers"
        signers.write_text(f"a@example.org {sshsig.verify(MESSAGE, armored).line}\n")
        (tmp_path / "signature").write_bytes(armored)
        command = ("ssh-keygen", "-Y", "verify", "-n", "git", "-I", "a@example.org", "-f", str(signers))
        run(*command, "-s", str(tmp_path / "signature"), stdin=MESSAGE)


# What is refused


def good_blob() -> bytes:
    return sshsig.public_key(ED25519).blob


def good_inner(digest: str = "sha512") -> bytes:
    return string(b"ssh-ed25519") + string(ED25519.sign(signed_data(digest=digest)))


def test_the_reserved_field_is_ignored() -> None:
    armored = envelope(good_blob(), good_inner(), reserved=b"later")
    assert sshsig.verify(MESSAGE, armored) == sshsig.public_key(ED25519)


OFF_THE_CURVE = string(b"ecdsa-sha2-nistp256") + string(b"nistp256") + string(b"\4" + b"\1" * 64)


@pytest.mark.parametrize(
    ("expected", "armored"),
    [
        ("layout", envelope(good_blob(), good_inner(), version=2)),
        ("layout", envelope(good_blob(), good_inner() + b"\0")),
        ("layout", envelope(good_blob() + b"\0", good_inner())),
        ("layout", armour(b"SSHSIX" + b"\0" * 40)),
        ("namespace", envelope(good_blob(), good_inner(), namespace=b"file")),
        ("namespace", envelope(good_blob(), good_inner(), namespace=b"git\0")),
        ("hash", envelope(good_blob(), good_inner(), digest=b"sha1")),
        ("mismatch", envelope(good_blob(), good_inner(), digest=b"sha256")),
        ("algorithm", envelope(good_blob(), string(b"ssh-rsa") + string(b"x"))),
        ("key", envelope(string(b"ssh-dss") + string(b"x"), good_inner())),
        ("key", envelope(string(b"ssh-ed25519-cert-v01@openssh.com") + string(b"x"), good_inner())),
        ("key", envelope(string(b"ssh-ed25519") + string(b"x" * 31), good_inner())),
        ("key", envelope(string(b"ecdsa-sha2-nistp256") + string(b"nistp384"), good_inner())),
        ("key", envelope(OFF_THE_CURVE, good_inner())),
        ("weak-key", envelope(string(b"ssh-rsa") + mpint(65537) + mpint((1 << 1023) + 1), good_inner())),
        ("weak-key", envelope(string(b"ssh-rsa") + mpint(65537) + mpint((1 << 20000) + 1), good_inner())),
        ("weak-key", envelope(string(b"ssh-rsa") + mpint(1 << 65) + mpint((1 << 2047) + 1), good_inner())),
        ("key", envelope(string(b"ssh-rsa") + mpint(1) + mpint((1 << 2047) + 1), good_inner())),
        ("armour", b""),
        ("layout", armour(b"")),
        ("armour", "-----BEGIN SSH SIGNATURE-----\n签名\n-----END SSH SIGNATURE-----"),
        ("armour", b"\n" + envelope(good_blob(), good_inner())),
        ("armour", envelope(good_blob(), good_inner()) * 2),
        ("armour", envelope(good_blob(), good_inner()).replace(b"\n", b"\r\n")),
        ("armour", envelope(good_blob(), good_inner()) + b"more\n"),
        ("armour", envelope(good_blob(), good_inner()).replace(b"U1NI", b"U1N*")),
        ("armour", armour(b"SSHSIG" + b"x" * 20_000)),
    ],
)
def test_a_signature_of_another_form_is_refused(expected: str, armored: bytes | str) -> None:
    assert reason(MESSAGE, armored) == expected


def test_rsa_with_sha1_is_refused() -> None:
    key = rsa.generate_private_key(65537, 2048)
    raw = key.sign(signed_data(), padding.PKCS1v15(), SHA1())  # noqa: S303 - the very thing that must not pass
    blob = sshsig.public_key(key).blob
    assert reason(MESSAGE, envelope(blob, string(b"ssh-rsa") + string(raw))) == "algorithm"
    assert reason(MESSAGE, envelope(blob, string(b"rsa-sha2-512") + string(raw))) == "mismatch"


def test_a_number_has_one_spelling() -> None:
    key = ec.derive_private_key(11, ec.SECP256R1())
    r, s = utils.decode_dss_signature(key.sign(signed_data(), ec.ECDSA(SHA256())))
    blob = sshsig.public_key(key).blob
    padded = string(b"\0\0" + r.to_bytes(33, "big")) + mpint(s)
    inner = string(b"ecdsa-sha2-nistp256") + string(padded)
    assert reason(MESSAGE, envelope(blob, inner)) == "layout"


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ("layout", ""),
        ("layout", "ssh-ed25519"),
        ("layout", "ssh-ed25519 AAAA*"),
        ("layout", "ssh-ed25519 AAA"),
        ("layout", 'command="x" ' + sshsig.public_key(ED25519).line),
        ("layout", sshsig.public_key(ED25519).line + "\nssh-rsa AAAA"),
        ("key", sshsig.public_key(ED25519).line.replace("ssh-ed25519", "ssh-rsa")),
    ],
)
def test_a_line_that_is_no_key_is_refused(expected: str, line: str) -> None:
    with pytest.raises(BadSignature) as caught:
        sshsig.parse_key(line)
    assert caught.value.reason == expected


def test_a_reason_cannot_be_changed() -> None:
    name = "reason"
    with pytest.raises(AttributeError):
        setattr(BadSignature("hash"), name, "key")


SOUND = sshsig.sign(MESSAGE, ED25519).encode()
PACKED = base64.b64decode(b"".join(SOUND.split(b"\n")[1:-2]))


@settings(max_examples=400, deadline=None)
@given(at=st.integers(0, len(PACKED) - 1), put=st.binary(max_size=6), drop=st.integers(0, 6))
def test_no_change_to_a_signature_passes_or_breaks_anything(at: int, put: bytes, drop: int) -> None:
    changed = PACKED[:at] + put + PACKED[at + drop :]
    try:
        assert sshsig.verify(MESSAGE, armour(changed)) == sshsig.public_key(ED25519)
        assert changed == PACKED
    except BadSignature:
        assert changed != PACKED


@settings(max_examples=300, deadline=None)
@given(
    algorithm=st.sampled_from(
        [b"ssh-ed25519", b"ssh-rsa", b"ecdsa-sha2-nistp521", b"sk-ssh-ed25519@openssh.com", b"\xff"]
    ),
    parts=st.lists(st.binary(max_size=300), max_size=4),
    inner=st.binary(max_size=90),
)
def test_hostile_keys_raise_nothing_else(algorithm: bytes, parts: list[bytes], inner: bytes) -> None:
    blob = string(algorithm) + b"".join(map(string, parts))
    with pytest.raises(BadSignature):
        sshsig.verify(MESSAGE, envelope(blob, string(algorithm) + string(inner) + inner))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_any_text_at_all_raises_nothing_else(text: bytes | str) -> None:
    with pytest.raises(BadSignature):
        sshsig.verify(MESSAGE, text)
    with pytest.raises(BadSignature):
        sshsig.parse_key(text if isinstance(text, str) else text.decode("latin-1"))


# Commits

HEAD = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n"


def header(name: bytes, text: bytes) -> bytes:
    return name + b" " + text.rstrip(b"\n").replace(b"\n", b"\n ") + b"\n"


def test_a_commit_without_signature_is_its_own_payload() -> None:
    raw = HEAD + b"\nsubject\n\ngpgsig not a header here\n"
    assert sshsig.split_commit(raw) == sshsig.SplitCommit(raw)


def test_the_payload_is_all_but_the_signature() -> None:
    for before, after in ((b"", b""), (b"encoding GBK\n", b"x-odd a\n b\n")):
        raw = HEAD + before + header(b"gpgsig", SOUND) + after + b"\nsubject\n"
        split = sshsig.split_commit(raw)
        assert split == sshsig.SplitCommit(HEAD + before + after + b"\nsubject\n", SOUND, "ssh")


def test_the_program_behind_a_signature_is_named() -> None:
    texts = {
        b"-----BEGIN PGP SIGNATURE-----\n\nx": "pgp",
        b"-----BEGIN SIGNED MESSAGE-----": "x509",
        b"x": "unknown",
    }
    for text, kind in texts.items():
        assert sshsig.split_commit(HEAD + header(b"gpgsig", text) + b"\n").kind == kind


@pytest.mark.parametrize(
    "headers",
    [
        header(b"gpgsig", SOUND) * 2,
        header(b"gpgsig", SOUND) + b"x-between y\n" + header(b"gpgsig", b"x"),
        header(b"gpgsig", SOUND) + header(b"gpgsig-sha256", SOUND),
        header(b"gpgsig-sha256", SOUND),
        b"gpgsig\n",
    ],
)
def test_a_second_or_foreign_signature_is_refused(headers: bytes) -> None:
    with pytest.raises(BadSignature) as caught:
        sshsig.split_commit(HEAD + headers + b"\nsubject\n")
    assert caught.value.reason == "several"


def test_the_other_object_format_has_its_own_header() -> None:
    raw = HEAD + header(b"gpgsig-sha256", SOUND) + b"\nsubject\n"
    assert sshsig.split_commit(raw, b"gpgsig-sha256").signature == SOUND


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_can_be_taken_apart(raw: bytes) -> None:
    with contextlib.suppress(BadSignature):
        assert len(sshsig.split_commit(HEAD + raw).payload) <= len(HEAD + raw)
