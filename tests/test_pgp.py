"""OpenPGP signatures of forges and people, made with a real key and, where it is there, with the real gpg and git."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pysequoia import SignatureMode, Tsk, sign

from muniment import evidence, pgp, register, sshsig
from muniment.history import parse_commit
from muniment.policy import of
from samples import base, commit, git

PAYLOAD = b"tree 0\nauthor A <a@example.com> 1767571200 +0800\n\nhello\n"


@pytest.fixture(scope="module")
def key() -> Tsk:
    return Tsk.generate("Forge <forge@example.com>")


def block(key: Tsk) -> str:
    return str(key.extract_certificate())


def signed(key: Tsk, payload: bytes = PAYLOAD) -> bytes:
    return bytes(sign(key.signer(), payload, mode=SignatureMode.DETACHED))


def test_a_signature_names_the_registered_key_that_made_it(key: Tsk) -> None:
    other = block(Tsk.generate("Other <other@example.com>"))
    assert pgp.fingerprint(block(key)) == key.extract_certificate().fingerprint.upper()
    assert pgp.signer(PAYLOAD, signed(key), [other, block(key)]) == pgp.fingerprint(block(key))
    assert pgp.signer(PAYLOAD, signed(key), [other]) == ""


@pytest.mark.parametrize(
    "spoilt", [b"", b"junk", b"-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----"]
)
def test_rubbish_is_a_bad_signature_and_nothing_worse(key: Tsk, spoilt: bytes) -> None:
    with pytest.raises(sshsig.BadSignature):
        pgp.signer(PAYLOAD, spoilt, [block(key)])
    assert pgp.fingerprint(spoilt.decode()) == ""
    assert pgp.fingerprint(pgp.BLOCK + "\nAAAA\n") == ""


def test_one_changed_byte_is_a_bad_signature(key: Tsk) -> None:
    with pytest.raises(sshsig.BadSignature):
        pgp.signer(PAYLOAD + b"!", signed(key), [block(key)])


@pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")
def test_a_commit_signed_by_real_gpg_is_judged_by_the_register(tmp_path: Path) -> None:
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    env = {"GNUPGHOME": str(home)}
    made = [
        "gpg",
        "--batch",
        "--passphrase",
        "",
        "--quick-generate-key",
        "林远 <lin@example.com>",
        "ed25519",
        "sign",
    ]
    subprocess.run(made, env={**os.environ, **env}, check=True, capture_output=True)
    export = ["gpg", "--armor", "--export", "lin@example.com"]
    armoured = subprocess.run(
        export, env={**os.environ, **env}, check=True, capture_output=True, text=True
    ).stdout
    root = base(tmp_path / "registry")
    (root / "x.txt").write_text("x")
    git(root, "config", "commit.gpgsign", "true")
    git(root, "config", "user.signingkey", "lin@example.com")
    made_id = commit(root, "signed", **env)
    raw = subprocess.run(
        ["git", "cat-file", "commit", made_id], cwd=root, check=True, capture_output=True
    ).stdout
    parts = sshsig.split_commit(raw)
    assert parts.kind == "pgp"
    assert pgp.signer(parts.payload, parts.signature or b"", [armoured]) == pgp.fingerprint(armoured)
    known = register.build(
        [{"number": "YG0001", "name": "林远", "emails": [], "signing_keys": [{"key": armoured}]}], of([])
    )
    found, blob = evidence._key(parse_commit(made_id, raw), known)
    assert [person.number for person, _ in known.by_key[blob]] == ["YG0001"]
    assert found == pgp.fingerprint(armoured)
