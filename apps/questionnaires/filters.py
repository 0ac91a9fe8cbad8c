"""What the list of questionnaires is narrowed by."""

import django_filters as filters

from apps.questionnaires import enums
from apps.questionnaires.models import Questionnaire


class QuestionnaireFilters(filters.FilterSet):
    state = filters.ChoiceFilter(
        label="Состояние", choices=enums.QuestionnaireState.choices, empty_label="все"
    )
    mode = filters.ChoiceFilter(label="Как отвечают", choices=enums.Mode.choices, empty_label="все")

    class Meta:
        model = Questionnaire
        fields: list[str] = []
