"""Column by column: what an erasure blanks, what stays for the figures. A test asks for every column.

Stays what a figure is counted from, and names nobody: posts and their dates, the kind, hours and dates of
training, the category with its term, the level of education. Awards go whole.
"""

from apps.teachers.models import AcademicDegree, Category, Consent, Duty, Education, Employment, Training

BLANKED: dict[type, tuple[str, ...]] = {
    Employment: ("order", "end_reason"),
    Duty: ("order",),
    Education: ("document", "issuer", "scan", "institution", "speciality", "qualification"),
    AcademicDegree: ("document", "issuer", "scan", "science"),
    Category: ("order_number", "order_on", "issuer", "scan"),
    Training: (
        "document_series",
        "document_number",
        "registration_number",
        "cost",
        "scan",
        "frdo_checked_on",
        "frdo_result",
    ),
    Consent: ("scan",),
}
PERSON = (
    "middle_name", "gender", "genitive_name", "dative_name", "instrumental_name", "phone", "email", "snils",
    "user",
)  # fmt: skip
KEPT = (
    "Обезличенно, для статистики: год рождения, стаж, места работы, обучение без номеров документов, "
    "категории, уровень образования. Записи о согласиях (вид и даты) — до конца срока их хранения. "
    "Журнал обращений — без ФИО. Выданные документы — по номенклатуре дел."
)
