"""What is looked at before a response is sent: relations, known values, outliers, blanks."""

from dataclasses import dataclass, field

from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.known import contradicted, objections
from apps.monitoring.models import Response
from apps.monitoring.peers import questions_of
from apps.monitoring.queries import earlier_values, naming_other_reports, other_forms_values


@dataclass(frozen=True)
class Checked:
    """All that stands between a response and its sending.

    `known`: address → what the portal knows of a cell where the response says otherwise.
    """

    violations: list[Violation]
    missing: list[str]
    explained: dict[str, str]
    known: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[Violation]:
        return [one for one in self.violations if one.severity == "error"]

    @property
    def warnings(self) -> list[Violation]:
        return [one for one in self.violations if one.severity == "warning"]

    @property
    def unexplained(self) -> list[Violation]:
        return [one for one in self.warnings if one.instance not in self.explained]

    @property
    def is_ready(self) -> bool:
        return not (self.errors or self.missing or self.unexplained)


def checked(response: Response, compiled: CompiledForm | None = None) -> Checked:
    """Runs every control relation over the response as it is saved now, and asks about what is unusual."""
    compiled = compiled or compiled_of(response)
    asks = any(one.last is not None for one in compiled.laid.outliers.values())
    earlier = earlier_values(response) if compiled.uses_previous or asks else None
    violations = compiled.check(
        response.values, previous=earlier, others=other_forms_values(response, compiled.other_forms)
    )
    violations = naming_other_reports(response, violations)
    known = contradicted(response, compiled)
    asked = [*objections(response, compiled, known), *questions_of(response, compiled, earlier)]
    hidden = compiled.hidden(response.values) if asked else frozenset()
    violations += [one for one in asked if one.addresses[0] not in hidden]
    missing = compiled.completeness(response.values).missing
    explained = dict(response.explanations.values_list("instance", "text"))
    return Checked(violations, list(missing), explained, known)
