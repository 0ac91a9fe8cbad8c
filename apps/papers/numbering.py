"""Gapless numbers of registers (docs/decisions/: «Numbers of papers»)."""

from apps.papers.models import NumberSequence


def number_text(register: str, year: int, ordinal: int) -> str:
    """«МО-2026-0001»: register, year, four digits or more."""
    return f"{register}-{year}-{ordinal:04d}"


def expected_number(register: str, year: int) -> int:
    """The number that would be next if nobody else takes one; takes nothing, locks nothing."""
    last = NumberSequence.objects.filter(register=register, year=year).values_list("last", flat=True).first()
    return (last or 0) + 1


def next_number(register: str, year: int) -> int:
    """Takes the next number of the register in the year.

    Call it inside the transaction that saves the paper: the row stays locked until its end, so a number
    given back by a rollback goes to the next one, and two transactions never get the same.
    """
    sequence = _locked(register, year)
    if sequence is None:
        # Of two first papers of a year one inserts the row, the other waits here and then finds it.
        NumberSequence.objects.bulk_create(
            [NumberSequence(register=register, year=year)], ignore_conflicts=True
        )
        sequence = _locked(register, year)
    assert sequence is not None
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return sequence.last


def _locked(register: str, year: int) -> NumberSequence | None:
    return NumberSequence.objects.select_for_update().filter(register=register, year=year).first()
