"""Signatures of commits by the hundred: a second process and the quick ways of reading give what one look at each gives."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from muniment import history, signatures, sshsig
from muniment.sshsig import BadSignature

HEAD = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n"
KEYS: tuple[sshsig.PrivateKey, ...] = (
    ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"one").digest()),
    ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"two").digest()),
    ec.generate_private_key(ec.SECP256R1()),
    rsa.generate_private_key(65537, 2048),
)


def signed(text: bytes, key: sshsig.PrivateKey, over: bytes = b"", namespace: str = "git") -> bytes:
    made = sshsig.sign(over or HEAD + b"\n" + text, key, namespace).encode()
    return HEAD + b"gpgsig " + made.rstrip(b"\n").replace(b"\n", b"\n ") + b"\n\n" + text


def commits(count: int) -> Iterator[bytes]:
    """Of every kind: good ones of several keys, none, of another program, bad in several ways."""
    for n in range(count):
        text = b"%d\n" % n
        yield (
            signed(text, KEYS[n // 12 % len(KEYS)]),
            HEAD + b"\n" + text,
            HEAD + b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n\n" + text,
            signed(text, KEYS[0], over=b"something else"),
            signed(text, KEYS[0], namespace="file"),
            HEAD + b"gpgsig x\ngpgsig y\n\n" + text,
        )[n % 6]


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "_known", {})


def test_a_second_process_finds_what_this_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "_processors", lambda: 2)
    monkeypatch.setattr(signatures, "_judge", None)  # so that nothing is judged here
    many = list(commits(signatures.FEWEST + 60))
    with signatures.ahead(many):
        found = [signatures.of(raw) for raw in many]
    monkeypatch.undo()
    assert found == [signatures._judge(raw) for raw in many]
    assert len(set(found)) == len(KEYS) + 5


def test_they_may_be_asked_for_in_any_order_and_again_and_others_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "_processors", lambda: 2)
    many = list(commits(signatures.FEWEST + 60))
    given, other = many[:-6], many[-6:]
    asked = [*given[300:310], *other, given[0], *reversed(given), given[0]]
    with signatures.ahead(given):
        found = [signatures.of(raw) for raw in asked]
    assert found == [signatures._judge(raw) for raw in asked]
    assert signatures._running == []


def test_a_second_process_that_ends_too_early_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "_processors", lambda: 2)
    many = list(commits(signatures.FEWEST + 60))
    with signatures.ahead(many):
        signatures._running[0]._process.kill()
        found = [signatures.of(raw) for raw in many[::7]]
    assert found == [signatures._judge(raw) for raw in many[::7]]


def test_a_clone_cannot_slip_its_own_modules_into_the_second_process(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "_processors", lambda: 2)
    clone = tmp_path_factory.mktemp("clone")
    for name in ("muniment", "cryptography", "base64", "subprocess"):
        (clone / f"{name}.py").write_text(f"open({str(clone / 'caught')!r}, 'w').close()\n")
    monkeypatch.chdir(clone)
    monkeypatch.setattr(signatures, "_judge", None)  # so that it is that process which judges
    many = list(commits(signatures.FEWEST))
    with signatures.ahead(many):
        assert signatures.of(many[492]).key is not None
    assert not (clone / "caught").exists()


def test_few_are_judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "_processors", lambda: 2)
    with signatures.ahead(list(commits(signatures.FEWEST - 1))):
        assert signatures._running == []


def test_the_claimed_key_is_the_one_that_is_found_where_the_signature_is_good() -> None:
    for raw in itertools.islice(commits(200), 0, None, 6):
        key = signatures.of(raw).key
        assert key is not None
        assert signatures.claimed(raw) == key.blob
    assert signatures.claimed(HEAD + b"\n") is None
    assert signatures.claimed(HEAD + b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n\n") is None


USUAL = "tree 4b\nparent 4c\nauthor A <a@b> 1 +0000\ncommitter B <b@b> 2 +0800\n"
ODD = (
    *(
        "gpgsig -----BEGIN SSH SIGNATURE-----\n",
        "gpgsig x\n",
        "gpgsig-sha256 x\n",
        "gpgsig\n",
        " line\n",
        " \n",
        " gpgsig x\n",
    ),
    *(
        "x gpgsig y\n",
        "encoding GBK\n",
        "\n",
        "tree 4b\n",
        "parent 4b\n",
        "parent\n",
        "parent zz\n",
        "author A <a@b> 1 +0000\n",
    ),
    *(
        "author B <b@b 1 +0000\n",
        "author\n",
        "committer B <b@b> 2 +0800\n",
        "committer 王 <b@b> 99999999999999999 +0800",
    ),
    *(
        "committer  <> -1\n",
        "author A\0 <a@b> 1 +0000\n",
        "mergetag object 1\n",
        " author A <a@b> 1 +0000\n",
        "tree",
        "parent 4d",
    ),
)
LINES = st.tuples(st.sampled_from(["", USUAL, USUAL]), st.lists(st.sampled_from(ODD), max_size=6)).map(
    lambda parts: (parts[0] + "".join(parts[1])).encode()
)


def split(part: tuple[bytes, bytes, bytes] | None, raw: bytes) -> sshsig.SplitCommit | str:
    try:
        return sshsig.split_commit(raw) if part is None else sshsig._split_line_by_line(*part)
    except BadSignature as problem:
        return problem.reason


@settings(deadline=None, max_examples=500)
@given(LINES)
@example(HEAD + b"gpgsig x\n y\nencoding GBK\n\ntext gpgsig\n")
def test_a_commit_is_parted_at_once_as_it_is_line_by_line(raw: bytes) -> None:
    end = raw.find(b"\n\n")
    head, rest = (raw, b"") if end < 0 else (raw[: end + 1], raw[end + 1 :])
    assert split(None, raw) == split((head, rest, b"gpgsig"), raw)


@settings(deadline=None, max_examples=500)
@given(LINES)
@example(HEAD + b"parent 4b\n\n")
@example(HEAD + b"author B <b@b> 1 +0000")
def test_a_usual_commit_is_read_as_an_odd_one_is(raw: bytes) -> None:
    head, _, message = raw.partition(b"\n\n")
    expected = history._odd_commit("x", head, message.decode("utf-8", "replace"), raw)
    assert history.parse_commit("x", raw) == expected
