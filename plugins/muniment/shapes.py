"""Shapes: the JSON Schema of every JSON file of the site, published beside them, so that programs know what they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from muniment import tables
from muniment.findings import Text
from muniment.schemas import Types
from muniment.tables import Table
from muniment.views import addresses

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schema/"
_TEXT: Mapping[str, Any] = {"type": "string"}
_NONE = {"type": "null"}
_LIST_OF_TEXT = {"type": "array", "items": _TEXT}
_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DAY_OR_NONE = {"anyOf": [_DAY, _NONE]}
_AMOUNT = {"type": ["number", "null"]}
_ROWS: Mapping[str, Any] = {"type": "array", "items": {"type": "object"}}
_CHANGE = {"enum": ["added", "removed", "changed"]}
# How a project stands with a form that it needs.
_NEEDS = ("there", "begun", "missing", "withheld", "later", "waived")
# What a cell of each kind holds in JSON. A column of words may hold a value of the facts as it is, a list of several among them.
_KINDS: Mapping[str, Mapping[str, Any]] = {
    "text": {},
    "number": {"type": ["string", "null"]},
    "reference": {"anyOf": [_TEXT, _NONE, _LIST_OF_TEXT]},
    "date": {"type": ["string", "null"]},
    "time": {"type": ["string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "decimal": {"type": ["number", "null"]},
    "state": {"anyOf": [_TEXT, _NONE, {"type": "array"}]},
    "level": {"anyOf": [_TEXT, _NONE, _LIST_OF_TEXT]},
    "mark": {"type": ["string", "boolean", "integer", "null"]},
}


def of_table(table: Table) -> bytes:
    """The shape of a register's or a report's rows, with the headings of its columns as titles."""
    properties = {column.name: {"title": column.title, **_KINDS[column.kind]} for column in table.columns}
    return tables.to_json(
        {
            "$schema": DIALECT,
            "title": table.title,
            "type": "array",
            "items": _closed(properties),
        }
    )


def _closed(properties: Mapping[str, Any], *optional: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _rows(**columns: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "array", "items": _closed(columns)}


def files(types: Types) -> Iterator[tuple[str, bytes]]:
    """The shapes of what is no table, those of the facts of each type, and the list of which file has which shape."""
    for name, (title, shape) in _SHAPES.items():
        said = {"$schema": DIALECT, "title": title.en, "description": title.zh, **shape}
        if name == "record":
            said["allOf"] = [_of_type(kind) for kind in types]
        yield f"{FOLDER}{name}.json", tables.to_json(said)
    for kind in types:
        yield f"{FOLDER}{_facts(kind)}", tables.to_json(types.whole(kind))
    yield (
        f"{FOLDER}index.json",
        tables.to_json(
            [
                {"path": path, "schema": f"{FOLDER}{name}.json", "title": {"zh": title.zh, "en": title.en}}
                for path, name, title in _index()
            ]
        ),
    )


def _index() -> Iterator[tuple[str, str, Text]]:
    """Patterns of paths (`{…}` is one part of a path, or several in `{path}`) with the shape of what lies there."""
    for path, name in _PATHS.items():
        yield path, name, _SHAPES[name][0]
    rows = Text("rows of a register or report", "登记簿或报表的各行")
    yield "registers/{path}.json", "registers/{path}", rows
    yield "reports/{path}.json", "reports/{path}", rows


def _of_type(kind: str) -> Mapping[str, Any]:
    """What the facts of a record of that type say, where all of it may be read."""
    plain = {"type": {"const": kind}, "locked": {"const": False}, "covered": {"const": False}}
    return {
        "if": {"properties": plain, "required": list(plain)},
        "then": {"properties": {"facts": {"$ref": _facts(kind)}}},
    }


def _facts(kind: str) -> str:
    return f"types/{addresses.slug(kind)}.json"


_ACT = {
    "type": "object",
    "properties": {
        "record": _TEXT,
        "revision": {"type": "integer"},
        "chain": _TEXT,
        "stage": _TEXT,
        "decision": {"enum": ["approved", "rejected", "withdrawn", "done", "imported"]},
        "by": {
            "type": "string",
            "description": "staff number, or a role where the public may not know names",
        },
        "date": _DAY,
        "content": {"type": "string", "description": "digest of the content that was decided on"},
        "evidence_level": {"enum": ["signed", "forge", "declared", "imported", "given", "unproven", ""]},
        "commit": {"type": "string", "description": "the commit that brought it"},
    },
    "required": ["revision", "stage", "by", "date", "evidence_level", "commit"],
}
_RECORD = _closed(
    {
        "number": {"type": "string", "description": "identity; never changes, never used again"},
        "type": {
            "type": "string",
            "description": "the name of its type; `facts` are described by `types/<type>.json`",
        },
        "title": _TEXT,
        "state": {"type": "string", "description": "derived from acts or fields"},
        "level": {"type": "string", "description": "confidentiality"},
        "revision": {"type": ["integer", "null"]},
        "url": {"type": "string", "description": "the page, from the root of the site; never changes"},
        "digest": {
            "type": "string",
            "pattern": "^sha256:[0-9a-f]{64}$",
            "description": "what approvals bind to",
        },
        "facts": {
            "type": "object",
            "description": "what the record's file says, by its type; a part of it only where `locked` or `covered`",
        },
        "encrypted": {"type": "boolean"},
        "locked": {"type": "boolean", "description": "encrypted, and nothing that opens it was at hand"},
        "covered": {
            "type": "boolean",
            "description": "■■■■ stands for what the readers of this site may not know",
        },
        "body": {"type": ["string", "null"], "description": "Markdown"},
        "attachments": _LIST_OF_TEXT,
        "acts": {"type": "array", "items": _ACT},
        "readings": {"type": "array", "items": _ACT, "description": "who has confirmed a revision as read"},
        "distribution": {
            "anyOf": [
                _NONE,
                _closed(
                    {
                        "since": _DAY,
                        "readers": {
                            "type": "array",
                            "items": _closed(
                                {
                                    "staff": _TEXT,
                                    "standing": {"enum": ["read", "signed", "waiting", "late"]},
                                    "due": _DAY,
                                    "day": {"anyOf": [_DAY, _NONE]},
                                }
                            ),
                        },
                    }
                ),
            ]
        },
        "review": {
            "anyOf": [_NONE, _closed({"last": _DAY, "due": _DAY, "by": {"type": ["string", "null"]}})],
            "description": "periodic review: last found fit, to be reviewed by",
        },
        "references": _LIST_OF_TEXT,
        "referrers": _LIST_OF_TEXT,
    }
)
# Later versions may say more of a record; what is said here stays.
_RECORD["additionalProperties"] = True
_SHAPES: Mapping[str, tuple[Text, Mapping[str, Any]]] = {
    "records": (
        Text("all records", "全部记录"),
        {
            "type": "array",
            "items": _closed(dict.fromkeys(("number", "type", "title", "state", "level", "url"), _TEXT)),
        },
    ),
    "record": (Text("one record", "一条记录"), _RECORD),
    "revisions": (
        Text("the revisions of a record", "一条记录的各版"),
        {
            "type": "array",
            "items": _closed(
                {
                    "revision": {"type": "integer"},
                    "landed": _TEXT,
                    "commit": _TEXT,
                    "digest": _TEXT,
                    "current": {"type": "boolean"},
                }
            ),
        },
    ),
    "difference": (
        Text("what changed between two revisions", "两版之间的差别"),
        _closed(
            {
                "from": {"type": "integer"},
                "to": {"type": "integer"},
                "fields": _rows(name=_TEXT, kind=_CHANGE, old={}, new={}),
                "body": _rows(
                    kind=_CHANGE, pieces=_rows(kind={"enum": ["same", "added", "removed"]}, text=_TEXT)
                ),
                "attachments": _rows(name=_TEXT, kind=_CHANGE, old=_TEXT, new=_TEXT),
            }
        ),
    ),
    "engagement": (
        Text("a whole project", "整个项目"),
        _closed(
            {
                "number": _TEXT,
                "today": _DAY,
                "stage": _TEXT,
                "stages": _rows(
                    stage=_TEXT,
                    standing=_TEXT,
                    entered=_DAY_OR_NONE,
                    forms={"type": "array", "items": {"enum": [*_NEEDS]}},
                ),
                "sections": {
                    "type": "object",
                    "description": "tables by the section of the page that shows them, and by their English titles",
                    "additionalProperties": {"type": "object", "additionalProperties": _ROWS},
                },
                "account": _closed(
                    {"currency": {"type": ["string", "null"]}, "fee": _AMOUNT, "collected": _AMOUNT}
                ),
                "timeline": _rows(date=_TEXT, event=_TEXT, text=_TEXT, number=_TEXT),
            }
        ),
    ),
    "audit": (
        Text("the verdict on the whole history", "对全部历史的审核结论"),
        _closed(
            {
                "verdict": _TEXT,
                "root": _TEXT,
                "head": _TEXT,
                "time": _TEXT,
                "steps": {"type": "integer"},
                "missing": _LIST_OF_TEXT,
                "levels": {"type": "object", "additionalProperties": {"type": "integer"}},
                "faults": _rows(
                    code=_TEXT, severity={"enum": ["error", "warning"]}, path=_TEXT, message=_TEXT
                ),
                "withheld": {"type": "integer", "description": "faults that these readers may not know"},
                "gaps": _rows(
                    series=_TEXT,
                    year={"type": ["string", "null"]},
                    missing=_LIST_OF_TEXT,
                    reason={"type": "object", "additionalProperties": _TEXT},
                ),
                "acts": _rows(path=_TEXT, level=_TEXT, commit=_TEXT, key=_TEXT),
            }
        ),
    ),
    "revision": (
        Text("of which commit and day the site is", "网站对应的提交与日期"),
        _closed({"commit": _TEXT, "date": _DAY, "today": _DAY}),
    ),
    "shapes": (
        Text("which file has which shape", "各数据文件的结构"),
        {
            "type": "array",
            "items": _closed({"path": _TEXT, "schema": _TEXT, "title": {"type": "object"}}),
        },
    ),
}
_PATHS: Mapping[str, str] = {
    "records.json": "records",
    "audit.json": "audit",
    "revision.json": "revision",
    "schema/index.json": "shapes",
    "records/{path}/revisions/revisions.json": "revisions",
    "records/{path}/difference.json": "difference",
    "records/{path}/engagement.json": "engagement",
    "records/{path}/{number}.json": "record",
}
