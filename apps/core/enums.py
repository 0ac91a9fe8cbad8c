from django.db.models import TextChoices


class JobState(TextChoices):
    WAITING = "waiting", "В очереди"
    RUNNING = "running", "Выполняется"
    DONE = "done", "Готово"
    FAILED = "failed", "Не выполнено"


class Verb(TextChoices):
    """What a journal record says was done."""

    SIGNED_IN = "signed_in", "вошёл"
    SIGNED_OUT = "signed_out", "вышел"
    SIGN_IN_FAILED = "sign_in_failed", "неудачный вход"
    VIEWED = "viewed", "открыл"
    EXPORTED = "exported", "выгрузил"
    PRINTED = "printed", "распечатал"
    DOWNLOADED = "downloaded", "скачал файл"
    CREATED = "created", "создал"
    CHANGED = "changed", "изменил"
    DELETED = "deleted", "удалил"
    IMPORTED = "imported", "загрузил"
    GRANTED = "granted", "выдал право"
    REVOKED = "revoked", "отозвал"
    INVITED = "invited", "пригласил"
    STARTED = "started", "запустил"
    SUBMITTED = "submitted", "отправил"
    RETURNED = "returned", "вернул на доработку"
    ACCEPTED = "accepted", "принял"
    REOPENED = "reopened", "открыл повторно"
    EXTENDED = "extended", "продлил срок"
    CLOSED = "closed", "закрыл"
    REMARKED = "remarked", "сделал замечание"
    REMINDED = "reminded", "напомнил"
    APPROVED = "approved", "утвердил"
    REJECTED = "rejected", "отклонил"
    ISSUED = "issued", "выдал документ"
    DENIED = "denied", "отказано в доступе"
