"""The cast of questionnaires: a teacher of each school, and a questionnaire that goes on."""

import pytest

from apps.core.roles import Role
from apps.questionnaires.actions.questionnaires import open_questionnaire
from tests.factories import user_with
from tests.questionnaires.world import short_questionnaire


@pytest.fixture
def teacher_a(school_a):
    return user_with(Role.TEACHER, school_a, username="teacher-a")


@pytest.fixture
def teacher_b(school_b):
    return user_with(Role.TEACHER, school_b, username="teacher-b")


@pytest.fixture
def draft(methodist, school_a, school_b):
    return short_questionnaire(methodist, [school_a, school_b])


@pytest.fixture
def anonymous(draft, methodist):
    return open_questionnaire(questionnaire=draft, by=methodist)
