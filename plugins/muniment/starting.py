"""Starting: the files of a new registry, and the commit that begins its history."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from muniment import check, codeowners, edit, objects, policy, project, records, resources
from muniment.demo import materials
from muniment.facts import Facts
from muniment.findings import Finding
from muniment.objects import FILE, Person, Writer
from muniment.records import Tree

_FOUNDER = re.compile(r"\s*(?P<name>[^<>]*[^<>\s])\s*<\s*(?P<email>[^@<>\s]+@[^@<>\s]+)\s*>\s*")
_STAFF = "records/organization/staff"
_YAML = (".yaml", ".yml")
_OWNERS = "CODEOWNERS"


@dataclass(frozen=True)
class Founding:
    """What a company says of itself on its first day. The first founder makes the first commit."""

    company: str
    founders: tuple[Person, ...]
    today: str
    importing: bool = False


def founder(text: str) -> Person | None:
    """`Name <email>`, else None."""
    match = _FOUNDER.fullmatch(text)
    return Person(match["name"], match["email"]) if match else None


def is_free(directory: Path) -> bool:
    """Whether a registry may be made there: nothing is, or an empty folder."""
    return not directory.exists() or (directory.is_dir() and not any(directory.iterdir()))


def files(founding: Founding) -> dict[str, bytes]:
    """Every file of the new registry; two founders are wanted, more become staff without a role yet."""
    values = {
        "COMPANY": founding.company,
        "TODAY": founding.today,
        "IMPORTING": "true" if founding.importing else "false",
    }
    for place, person in enumerate(founding.founders, 1):
        values |= {f"FOUNDER{place}_NAME": person.name, f"FOUNDER{place}_EMAIL": person.email}
    made = _filled(values)
    for place, person in enumerate(founding.founders[2:], 3):
        number = f"YG{place:04d}"
        made[f"{_STAFF}/{number}/{number}.yaml"] = _staff(number, person, founding.today)
    return made | {_OWNERS: _codeowners(made, founding.today)}


def surroundings(company: str, held: Mapping[str, bytes], today: str) -> dict[str, bytes]:
    """What belongs to a registry beside its records, for records that exist already."""
    made = _filled({"COMPANY": company, "TODAY": today})
    made = {path: content for path, content in made.items() if not path.startswith(records.ROOT)}
    return made | {_OWNERS: _codeowners(held, today)}


def demonstration() -> dict[str, bytes]:
    """What surrounds the demonstration's records, as on the day of its first commit: the same bytes whenever it is made."""
    held = materials.written()
    return surroundings(company_of(held), held, materials.told().start.at.date().isoformat())


def findings(made: Mapping[str, bytes], today: str) -> list[Finding]:
    """What the check would say of these files."""
    return check.run(_facts(made, today))


def begin(directory: Path, made: Mapping[str, bytes], author: Person, at: datetime, message: str) -> None:
    """Write the files and commit them on `main`; where that fails nothing is left behind."""
    was_there = directory.exists()
    try:
        git_dir = objects.create(directory)
        with Writer(git_dir) as writer:
            tree = writer.tree({path: (FILE, writer.blob(content)) for path, content in made.items()})
            moment = (int(at.timestamp()), at.strftime("%z"))
            writer.ref("refs/heads/main", writer.commit(tree, author=author, at=moment, message=message))
            writer.check_out(tree, directory)
    except BaseException:
        clear(directory, keep=was_there)
        raise


def clear(directory: Path, *, keep: bool) -> None:
    """Empty a folder that was free before we began; take it away unless it stood there."""
    if not directory.is_dir():
        return
    for entry in directory.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink()
    if not keep:
        directory.rmdir()


def company_of(held: Mapping[str, bytes]) -> str:
    """The company's Chinese name in the policy among these files."""
    corpus = _facts(held, "").corpus
    found = policy.of((record.number, record.data) for record in corpus if record.type.group == "policy")
    return found.company.zh


def _facts(made: Mapping[str, bytes], today: str) -> Facts:
    types, _ = project.load_types(resources.PACKAGE)
    modes = {path: "100644" for path in made if path.startswith(records.ROOT)}
    corpus = records.load(Tree(modes, lambda path: made[path]), types)
    return Facts(corpus, types, project.policies(corpus), today, given=frozenset(modes))


def _codeowners(made: Mapping[str, bytes], today: str) -> bytes:
    return codeowners.render(_facts(made, today)).encode()


def _filled(values: Mapping[str, str]) -> dict[str, bytes]:
    """The package's starter files with their placeholders filled."""
    top = resources.path("starter")
    return {
        path.relative_to(top).as_posix(): _content(path, values)
        for path in sorted(top.rglob("*"))
        if path.is_file() and not _is_leftover(path.relative_to(top).parts)
    }


def _is_leftover(parts: Sequence[str]) -> bool:
    return "__pycache__" in parts or parts[-1].endswith((".pyc", "~"))


def _content(path: Path, values: Mapping[str, str]) -> bytes:
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        # Placeholders of texts stand in double quotes in YAML, where the escapes of JSON hold.
        shown = json.dumps(value, ensure_ascii=False)[1:-1] if path.suffix in _YAML else value
        text = text.replace(f"@{name}@", shown)
    if path.name == "requirements.txt":
        text = re.sub(r"(?m)^(muniment\S*)==.*$", rf"\1=={_version()}", text)
    return text.encode()


def _version() -> str:
    return metadata.version("muniment")


def _staff(number: str, person: Person, today: str) -> bytes:
    said = {
        "type": "staff",
        "number": number,
        "revision": 1,
        "name": person.name,
        "department": "BM01",
        "author": "YG0001",
        "created": today,
        "updated": today,
        "emails": [person.email],
        "superior": "YG0001",
        "joined": today,
    }
    return edit.dump(said).encode()
