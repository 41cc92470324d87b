"""Signatures and the raw bytes of commits: whose key it was, over which bytes, for which purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from muniment import sshsig

from .conftest import Make
from .world import FORGE, Branch, World, caught, public, published, signer, staff

DOCUMENT = "JS2026001"
TECHNICAL = "1-2-technical.yaml"


def half(world: World) -> Branch:
    return world.branch().draft().approve(DOCUMENT, "department")


def commit(branch: Branch) -> str:
    return str(branch.tip)[:8]


def test_an_act_without_signature(make: Make) -> None:
    """The author line alone is typed by anyone."""
    branch = half(make(level="signed")).act(DOCUMENT, "technical", "YG0003", sign=False)
    caught(branch, "evidence-too-weak", [TECHNICAL, commit(branch), "declared", "signed"])


def test_a_borrowed_signature(make: Make) -> None:
    branch = half(make(level="signed")).act(DOCUMENT, "technical", "YG0003", sign="YG0007")
    caught(branch, "signature-of-another", [TECHNICAL, commit(branch), "YG0007"])


def test_a_borrowed_signature_where_none_is_needed(world: World) -> None:
    branch = half(world).act(DOCUMENT, "technical", "YG0003", sign="YG0007")
    caught(branch, "signature-of-another", [TECHNICAL, commit(branch), "YG0007"])


def test_a_key_that_nobody_registered(make: Make) -> None:
    branch = half(make(level="signed")).act(DOCUMENT, "technical", "YG0003", sign="somebody")
    caught(branch, "evidence-too-weak", [TECHNICAL, commit(branch)])


def garbage(_: bytes) -> str:
    return "no signature at all"


def hollow(_: bytes) -> str:
    return "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----"


def of_another_program(_: bytes) -> str:
    return "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----"


def of_other_bytes(payload: bytes) -> str:
    return signer("YG0003")(payload + b"x")


def of_a_file(payload: bytes) -> str:
    return sshsig.sign(payload, _key("YG0003"), "file")


def _key(holder: str) -> sshsig.PrivateKey:
    from .world import key

    return key(holder)


@pytest.mark.parametrize("level", ["declared", "signed"])
@pytest.mark.parametrize("sign", [garbage, hollow, of_another_program, of_other_bytes, of_a_file])
def test_a_signature_that_is_none(make: Make, sign: Callable[[bytes], str], level: str) -> None:
    branch = half(make(level=level)).act(DOCUMENT, "technical", "YG0003", sign=sign)
    caught(branch, "bad-signature", [TECHNICAL, commit(branch)])


def test_a_signature_copied_from_another_commit(make: Make) -> None:
    world = make(level="signed")
    kept: list[str] = []

    def keep(payload: bytes) -> str:
        kept.append(signer("YG0003")(payload))
        return kept[-1]

    world.merge(
        world.branch("first").draft("JS2026002").write({"records/x.txt": "x\n"}, by="YG0003", sign=keep)
    )
    branch = half(world).act(DOCUMENT, "technical", "YG0003", sign=lambda _: kept[0])
    caught(branch, "bad-signature", [TECHNICAL, commit(branch), "mismatch"])


@pytest.mark.parametrize("header", ["gpgsig", "gpgsig-sha256"])
def test_two_signatures_on_one_commit(make: Make, header: str) -> None:
    branch = half(make(level="signed"))
    branch.act(DOCUMENT, "technical", "YG0003", headers=[(header, signer("YG0007")(b"anything"))])
    caught(branch, "bad-signature", [TECHNICAL, commit(branch), "several"])


def test_a_commit_that_was_amended_after_it_was_signed(make: Make) -> None:
    branch = half(make(level="signed")).act(DOCUMENT, "technical", "YG0003")
    branch.raw(lambda data: data + b"PS\n")
    caught(branch, "bad-signature", [TECHNICAL, commit(branch), "mismatch"])


# Terms of keys


def with_key(make: Make, term: str) -> World:
    from .world import base

    line = f'"{public("YG0003")}", from: 2026-01-05'
    return make(
        level="signed",
        changed={staff("YG0003"): base()[staff("YG0003")].replace(line, f'"{public("YG0003")}", {term}')},
    )


def test_a_key_that_is_not_yet_in_force(make: Make) -> None:
    branch = half(with_key(make, "from: 2026-04-01")).act(DOCUMENT, "technical", "YG0003")
    caught(branch, "key-not-in-force", [TECHNICAL, commit(branch), "2026-03-02"])


def test_a_key_that_is_no_longer_in_force(make: Make) -> None:
    branch = half(with_key(make, "from: 2026-01-05, to: 2026-02-28")).act(DOCUMENT, "technical", "YG0003")
    caught(branch, "key-not-in-force", [TECHNICAL, commit(branch), "2026-03-02"])


def test_a_revoked_key_with_a_back_dated_act(make: Make) -> None:
    """Act and commit bear a day on which the key was good; main knew by then that it was not."""
    world = make(level="signed")
    branch = half(world).act(DOCUMENT, "technical", "YG0003")
    line = f'"{public("YG0003")}", from: 2026-01-05'
    world.day("2026-03-16")
    revoked = world.branch("revoke").reform("YG0003", line, f"{line}, to: 2026-03-10").organization("YG0003")
    world.merge(revoked).day("2026-03-20")
    caught(branch.approve(DOCUMENT, "quality"), "key-not-in-force", [TECHNICAL, "2026-03-02"])


def test_a_key_taken_off_the_register(make: Make) -> None:
    world = make(level="signed")
    branch = half(world).act(DOCUMENT, "technical", "YG0003")
    line = f'signing_keys:\n  - {{key: "{public("YG0003")}", from: 2026-01-05}}\n'
    world.merge(world.branch("take").reform("YG0003", line, "").organization("YG0003"))
    caught(branch.approve(DOCUMENT, "quality"), "evidence-too-weak", [TECHNICAL])


def test_a_key_that_he_registers_in_the_same_pull(make: Make) -> None:
    branch = make(level="signed").branch()
    line = f'{{key: "{public("YG0003")}", from: 2026-01-05}}'
    branch.reform("YG0003", line, f'{line}\n  - {{key: "{public("new")}", from: 2026-01-05}}')
    branch.draft().approve(DOCUMENT, "department").act(DOCUMENT, "technical", "YG0003", sign="new")
    caught(branch, "evidence-too-weak", [TECHNICAL, commit(branch)])


# The forge


def test_the_key_of_the_forge_with_another_committer(make: Make) -> None:
    branch = half(make(level="forge", forge=True, review=lambda text: text))
    branch.act(DOCUMENT, "technical", "YG0003", sign="forge")
    caught(branch, "evidence-too-weak", [TECHNICAL, commit(branch)])


def test_a_committer_who_says_that_he_is_the_forge(make: Make) -> None:
    branch = half(make(level="forge", forge=True)).act(DOCUMENT, "technical", "YG0003", via=FORGE)
    caught(branch, "evidence-too-weak", [TECHNICAL, commit(branch)])


def test_the_forge_where_the_persons_own_key_is_asked_for(make: Make) -> None:
    branch = half(make(level="signed", forge=True)).act(
        DOCUMENT, "technical", "YG0003", sign="forge", via=FORGE
    )
    caught(branch, "evidence-too-weak", [TECHNICAL, commit(branch), "forge", "signed"])


def test_the_forge_in_the_name_of_another(make: Make) -> None:
    branch = half(make(forge=True))
    branch.act(DOCUMENT, "technical", "YG0003", committed_by="YG0007", sign="forge", via=FORGE)
    caught(branch, "author-is-not-signer", [TECHNICAL, commit(branch)])


# Cherry-picks


def test_an_act_that_was_picked_from_another_branch(make: Make) -> None:
    """The picker makes a new commit: the approver's name is on it, his signature is not."""
    world = make(level="signed")
    branch = half(world).act(DOCUMENT, "technical", "YG0003", sign="YG0007", via="wu.lei@example.com")
    caught(branch, "signature-of-another", [TECHNICAL, commit(branch), "YG0007"])


# Raw commits


def second_author(data: bytes) -> bytes:
    line = next(line for line in data.split(b"\n") if line.startswith(b"author "))
    other = line.replace("刘洋".encode(), "吴磊".encode()).replace(b"liu.yang", b"wu.lei")
    return data.replace(line, line + b"\n" + other, 1)


def first_author(data: bytes) -> bytes:
    line = next(line for line in data.split(b"\n") if line.startswith(b"author "))
    other = line.replace("刘洋".encode(), "吴磊".encode()).replace(b"liu.yang", b"wu.lei")
    return data.replace(line, other + b"\n" + line, 1)


def null(data: bytes) -> bytes:
    return data.replace("author 刘洋".encode(), "author 吴磊 <wu.lei@example.com> 1 +0000\0刘洋".encode(), 1)


def no_author(data: bytes) -> bytes:
    return b"\n".join(line for line in data.split(b"\n") if not line.startswith(b"author "))


def two_addresses(data: bytes) -> bytes:
    return data.replace("author 刘洋 <".encode(), "author 刘洋 <wu.lei@example.com> <".encode(), 1)


def carriage_return(data: bytes) -> bytes:
    return data.replace(b"author ", b"author\r", 1)


@pytest.mark.parametrize(
    "change", [second_author, first_author, null, no_author, two_addresses, carriage_return]
)
def test_a_commit_that_programs_read_differently(world: World, change: Callable[[bytes], bytes]) -> None:
    """Whoever shows it may show another author, so it proves nobody."""
    branch = half(world).act(DOCUMENT, "technical", "YG0003").raw(change)
    caught(branch, "author-is-not-signer", [TECHNICAL, commit(branch)])


def test_a_message_that_looks_like_headers(world: World) -> None:
    """Only the head of a commit counts; what stands in its message is talk."""
    branch = half(world)
    said = "同意\n\nauthor 刘洋 <liu.yang@example.com> 1772413200 +0800\ngpgsig x\nApproved-by: YG0003\n"
    branch.act(DOCUMENT, "technical", "YG0003", committed_by="YG0007", message=said)
    caught(branch, "author-is-not-signer", [TECHNICAL, commit(branch)])


def test_control_characters_in_names_do_not_reach_the_terminal(world: World) -> None:
    branch = half(world)
    branch.act(DOCUMENT, "technical", "YG0003", committed_by="YG0007", name="\x1b[2J吴磊\u202e")
    found = world.pull(branch)
    assert found
    for finding in found:
        assert "\x1b" not in finding.words("zh")[0] + finding.words("en")[1]


def test_a_published_document_keeps_its_levels(make: Make) -> None:
    world = published(make(level="signed"))
    assert set(world.levels().values()) == {"signed"}
