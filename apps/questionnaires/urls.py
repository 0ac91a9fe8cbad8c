from django.urls import path

from apps.questionnaires.views import answering, questionnaires, questions, results

app_name = "questionnaires"

urlpatterns = [
    path("", questionnaires.QuestionnaireList.as_view(), name="questionnaire-list"),
    path("create/", questionnaires.QuestionnaireCreate.as_view(), name="questionnaire-create"),
    path("template/", questionnaires.questionnaire_template, name="questionnaire-template"),
    path("directions/", questionnaires.DirectionList.as_view(), name="direction-list"),
    path("directions/<int:pk>/", results.DirectionPage.as_view(), name="direction-detail"),
    path("directions/<int:pk>/done/", results.direction_done, name="direction-done"),
    path("directions/<int:pk>/delete/", results.direction_delete, name="direction-delete"),
    path("thanks/", answering.answer_thanks, name="answer-thanks"),
    path("a/<str:code>/", answering.answer_by_link, name="answer-by-link"),
    path("p/<str:token>/", answering.answer_by_letter, name="answer-by-letter"),
    path("poster/<int:pk>/", questionnaires.Poster.as_view(), name="recipient-poster"),
    path("questions/<int:pk>/edit/", questions.QuestionEdit.as_view(), name="question-edit"),
    path("questions/<int:pk>/delete/", questions.question_delete, name="question-delete"),
    path("questions/<int:pk>/copy/", questions.question_copy, name="question-copy"),
    path("questions/<int:pk>/move/<str:way>/", questions.question_move, name="question-move"),
    path("questions/<int:pk>/texts/", results.TextsPage.as_view(), name="question-texts"),
    path("<int:pk>/", questionnaires.QuestionnairePage.as_view(), name="questionnaire-detail"),
    path("<int:pk>/edit/", questionnaires.QuestionnaireEdit.as_view(), name="questionnaire-edit"),
    path("<int:pk>/extend/", questionnaires.QuestionnaireExtend.as_view(), name="questionnaire-extend"),
    path("<int:pk>/recipients/", questionnaires.RecipientsEdit.as_view(), name="recipients-edit"),
    path("<int:pk>/delete/", questionnaires.questionnaire_delete, name="questionnaire-delete"),
    path("<int:pk>/open/", questionnaires.questionnaire_open, name="questionnaire-open"),
    path("<int:pk>/close/", questionnaires.questionnaire_close, name="questionnaire-close"),
    path("<int:pk>/copy/", questionnaires.questionnaire_copy, name="questionnaire-copy"),
    path("<int:pk>/preview/", questions.Preview.as_view(), name="questionnaire-preview"),
    path("<int:pk>/questions/<str:kind>/", questions.QuestionCreate.as_view(), name="question-create"),
    path("<int:pk>/answer/", answering.answer_signed_in, name="answer-signed-in"),
    path("<int:pk>/progress/", results.Progress.as_view(), name="questionnaire-progress"),
    path("<int:pk>/invitees/", results.Invitees.as_view(), name="invitee-list"),
    path("<int:pk>/invitees/remind/", results.invitees_remind, name="invitees-remind"),
    path("<int:pk>/results/", results.ResultsPage.as_view(), name="questionnaire-results"),
    path("<int:pk>/results.xlsx", results.results_xlsx, name="results-xlsx"),
    path("<int:pk>/results.pdf", results.results_pdf, name="results-pdf"),
    path("<int:pk>/results.docx", results.results_docx, name="results-docx"),
    path("<int:pk>/need/<int:question>/<int:place>/", results.NeedPage.as_view(), name="need-table"),
    path(
        "<int:pk>/directions/<int:question>/<int:place>/",
        results.DirectionCreate.as_view(),
        name="direction-create",
    ),
]
