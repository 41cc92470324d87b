"""Reports: the registers that are more than their schema's columns, found by listing the folder `registers/`."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from muniment import coverage, registers
from muniment.charts import Chart
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.tables import Table


@dataclass(frozen=True)
class Report:
    """One module of `registers/`: its name, its title, its page, the clauses that it serves, and what it makes: a table
    and, where it has a function `charts`, pictures of what is in it. `past`: it needs what records said in earlier revisions.
    """

    name: str
    title: Text
    page: str
    clauses: tuple[str, ...]
    table: Callable[[Facts, Lang], Table]
    charts: Callable[[Facts, Lang], tuple[Chart, ...]]
    past: bool = False

    def text(self, lang: Lang) -> str:
        """The paragraphs that say what the report is for, without the title above them."""
        english, _, chinese = self.page.partition("\n---\n")
        return (chinese if lang == "zh" else english).strip().partition("\n")[2].strip()


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Report]:
    """All reports by name, what people ask for most often first (`ORDER` of the module, 100 where it has none)."""
    modules = [
        import_module(f"{registers.__name__}.{info.name}")
        for info in pkgutil.iter_modules(registers.__path__)
    ]
    # It looks at the rules and at all other reports, so it does not lie beside them.
    modules.append(coverage)
    modules.sort(key=lambda module: (getattr(module, "ORDER", 100), module.NAME))
    return {
        module.NAME: Report(
            module.NAME,
            module.TITLE,
            module.__doc__ or "",
            module.CLAUSES,
            module.table,
            getattr(module, "charts", _no_charts),
            getattr(module, "PAST", False),
        )
        for module in modules
    }


def _no_charts(_facts: Facts, _lang: Lang) -> tuple[Chart, ...]:
    return ()
