"""The slow judge: JSON Schema as the reference library has it, exact where we are stricter, with the place of every error.

It is loaded only when the fast one has not said yes (schemas.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from muniment.fields import UnresolvedError, python_pattern
from muniment.findings import Pointer
from muniment.refusals import Failure


class Judge:
    """Judges by schemas that find one another by their addresses."""

    def __init__(
        self, schemas: Mapping[str, Mapping[str, Any]], formats: Mapping[str, Callable[[str], bool]]
    ) -> None:
        resources = [(uri, DRAFT202012.create_resource(schema)) for uri, schema in schemas.items()]
        self._registry: Registry[Any] = Registry().with_resources(resources)
        self._checker = FormatChecker()
        for name, is_sound in formats.items():
            self._checker.checks(name)(
                lambda value, is_sound=is_sound: not isinstance(value, str) or is_sound(value)
            )

    def lookup(self, uri: str) -> Any:
        try:
            return self._registry.resolver().lookup(uri).contents
        except Unresolvable as problem:
            raise UnresolvedError(uri) from problem

    def failures(self, schema: Mapping[str, Any], data: Any) -> list[Failure]:
        slow = _Slow(schema, registry=self._registry, format_checker=self._checker)
        return [_failure(error) for error in slow.iter_errors(data)]


def unsound(schema: Any) -> set[Pointer]:
    """The places at which `schema` is none."""
    meta = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    return {tuple(error.absolute_path) for error in meta.iter_errors(schema)}


def _failure(error: ValidationError) -> Failure:
    branches: dict[Any, list[Failure]] = {}
    for inner in error.context or ():
        # The alternatives of anyOf and oneOf are told apart; what a condition demands stands together.
        branches.setdefault(inner.relative_schema_path[0] if error.validator != "if" else 0, []).append(
            _failure(inner)
        )
    return Failure(
        str(error.validator or "false"),
        error.validator_value,
        error.schema if isinstance(error.schema, Mapping) else {},
        error.instance,
        tuple(error.absolute_path),
        "propertyNames" in error.absolute_schema_path,
        tuple(tuple(branch) for branch in branches.values()),
    )


def _condition(validator: Any, condition: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """`if`: what `then` or `else` demands, kept together with the condition that explains it."""
    met = validator.evolve(schema=condition).is_valid(instance)
    errors = list(validator.descend(instance, schema.get("then" if met else "else", True)))
    if errors:
        yield ValidationError("", context=errors)


def _names(validator: Any, names: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """`propertyNames`: as in the library, but the error knows which name it is about."""
    if isinstance(instance, dict):
        for name in instance:
            yield from validator.descend(name, names, path=name)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """`pattern`: `$` means the end of the text, as in JavaScript, not the end but for a line break."""
    if isinstance(instance, str) and not re.search(python_pattern(pattern), instance):
        yield ValidationError("")


def _multiple(validator: Any, step: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """`multipleOf` in exact arithmetic, so that 0.3 is a multiple of 0.1."""
    if validator.is_type(instance, "number") and Fraction(str(instance)) % Fraction(str(step)):
        yield ValidationError("")


def _is_whole(_checker: Any, instance: Any) -> bool:
    return isinstance(instance, int) and not isinstance(instance, bool)


_Slow: Any = validators.extend(  # type: ignore[no-untyped-call] # the library's stubs leave it so
    Draft202012Validator,
    {"if": _condition, "propertyNames": _names, "pattern": _pattern, "multipleOf": _multiple},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole),
)
