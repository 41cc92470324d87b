"""Loans: what was borrowed by whom, for how long, and when it went out and came back (R4.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from muniment.approvals import YES
from muniment.facts import Facts
from muniment.recall import recalled
from muniment.records import Act, Record


@dataclass(frozen=True)
class Loan:
    """One application to borrow with the acts that followed; an act is None while it has not happened."""

    record: Record
    document: str
    borrower: str
    medium: str
    start: str
    due: str
    approved: Act | None
    issued: Act | None
    returned: Act | None

    @property
    def number(self) -> str:
        return self.record.number

    @property
    def is_out(self) -> bool:
        return self.issued is not None and self.returned is None

    @property
    def days(self) -> int:
        """From the first day to the one on which it is due, negative where these are the wrong way round."""
        return (date.fromisoformat(self.due) - date.fromisoformat(self.start)).days

    @property
    def renews(self) -> str:
        """The number of the loan that this one prolongs."""
        return str(self.record.data.get("renews") or "")

    def is_overdue(self, day: str) -> bool:
        return self.is_out and self.due < day

    def is_out_on(self, day: str) -> bool:
        """Whether the document was with the borrower on a day; on the day of its return it can go out again."""
        if self.issued is None or day < self.issued.date:
            return False
        return self.returned is None or day < self.returned.date


@recalled
def loans(facts: Facts) -> tuple[Loan, ...]:
    """All loans, oldest number first."""
    return tuple(_loan(facts, record) for record in facts.corpus.of("loan"))


def _loan(facts: Facts, record: Record) -> Loan:
    acts: dict[str, Act] = {}
    for step in facts.standings[record.number].steps:
        if step.act is not None and step.act.decision in YES:
            acts[step.stage.becomes] = step.act
    data = record.data
    return Loan(
        record,
        str(data["document"]),
        str(data["borrower"]),
        str(data["medium"]),
        str(data["from"])[:10],
        str(data["due"])[:10],
        acts.get("approved"),
        acts.get("out"),
        acts.get("returned"),
    )


def by_document(facts: Facts) -> Mapping[str, tuple[Loan, ...]]:
    found: dict[str, list[Loan]] = {}
    for loan in loans(facts):
        found.setdefault(loan.document, []).append(loan)
    return {number: tuple(each) for number, each in found.items()}


def clashes(facts: Facts) -> Iterator[tuple[Loan, Loan]]:
    """Loans of a paper that was with somebody else, each with the loan that has it.

    There is one paper, so it goes to one borrower at a time; a file can be read by many. A renewal follows upon the loan that it
    prolongs.
    """
    for held in by_document(facts).values():
        papers = [loan for loan in held if loan.medium == "paper"]
        for loan in papers:
            for other in papers:
                if other is not loan and _clash(loan, other):
                    yield loan, other


def _clash(loan: Loan, other: Loan) -> bool:
    if loan.issued is not None:
        if other.issued is None or not other.is_out_on(loan.issued.date):
            return False
        # Of two that went out on one day the later number is at fault.
        return (other.issued.date, other.number) < (loan.issued.date, loan.number)
    return other.is_out and loan.renews != other.number and loan.start <= other.due
