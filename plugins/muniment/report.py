"""Findings as people and machines read them: text, JSON, GitHub annotations, SARIF."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from muniment.check import catalogue, line_of
from muniment.findings import Finding, Lang
from muniment.i18n import translator
from muniment.source import Document

FORMATS = ("text", "json", "github", "sarif")


def summary(findings: Sequence[Finding], records: int, verdict: bool = True) -> dict[str, Any]:
    """Counts for the end of a report; `verdict` is false where history was too short to judge."""
    errors = sum(finding.severity == "error" for finding in findings)
    return {
        "records": records,
        "errors": errors,
        "warnings": len(findings) - errors,
        "verdict": ("fail" if errors else "pass") if verdict else "none",
    }


def text(findings: Sequence[Finding], lang: Lang, documents: Mapping[str, Document]) -> str:
    """One paragraph a finding: place, code and fact, then the cure, related places and where to read more."""
    _ = translator(lang)
    lines = []
    for finding in findings:
        message, cure = finding.words(lang)
        place = finding.place
        where = f"{place.path}:{place.line}:{place.column}" if place.line else place.path
        severity = "" if finding.severity == "error" else f" ({_('warning')})"
        lines.append(f"{where}: {finding.code}{severity} {message}")
        if cure:
            lines.append(f"  {_('help')}: {cure}")
        for related in finding.related:
            line = line_of(related.place, documents)
            spot = f"{related.place.path}:{line}" if line else related.place.path
            lines.append(f"  {_('also')}: {spot} {related.note.render(lang, related.params)}")
        lines.append(f"  {_('see')}:  muniment explain {finding.code}")
    return "\n".join(lines)


def as_data(
    findings: Sequence[Finding],
    lang: Lang,
    documents: Mapping[str, Document],
    totals: Mapping[str, Any],
) -> dict[str, Any]:
    """The JSON of findings (version 1, design.md)."""
    return {
        "version": 1,
        "summary": dict(totals),
        "findings": [_entry(finding, lang, documents) for finding in findings],
    }


def _entry(finding: Finding, lang: Lang, documents: Mapping[str, Document]) -> dict[str, Any]:
    message, cure = finding.words(lang)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": message,
        "help": cure,
        "number": finding.number,
        "related": [
            {
                "path": related.place.path,
                "line": line_of(related.place, documents),
                "note": related.note.render(lang, related.params),
            }
            for related in finding.related
        ],
    }


def github(findings: Sequence[Finding], lang: Lang) -> str:
    """Workflow commands, which the forge shows as annotations on the lines of a pull request."""
    lines = []
    for finding in findings:
        message, cure = finding.words(lang)
        place = finding.place
        spot = f",line={place.line},col={place.column}" if place.line else ""
        title = _property(f"{finding.code} {message}")
        said = _message(f"{message}\n{cure}" if cure else message)
        lines.append(f"::{finding.severity} file={_property(place.path)}{spot},title={title}::{said}")
    return "\n".join(lines)


def _message(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _message(value).replace(":", "%3A").replace(",", "%2C")


def sarif(findings: Sequence[Finding], lang: Lang) -> dict[str, Any]:
    """SARIF 2.1.0, which code-scanning services read."""
    codes = sorted({finding.code for finding in findings})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "muniment",
                        "rules": [
                            {
                                "id": code,
                                "name": catalogue()[code].rule.name,
                                "shortDescription": {"text": catalogue()[code].words(lang)[0]},
                            }
                            for code in codes
                        ],
                    }
                },
                "results": [_result(finding, lang) for finding in findings],
            }
        ],
    }


def _result(finding: Finding, lang: Lang) -> dict[str, Any]:
    message, cure = finding.words(lang)
    place = finding.place
    location: dict[str, Any] = {"artifactLocation": {"uri": place.path}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": f"{message}\n{cure}" if cure else message},
        "locations": [{"physicalLocation": location}],
    }


def dump(data: Any) -> str:
    """JSON as we write it everywhere: readable, Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, indent=2)
