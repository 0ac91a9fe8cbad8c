from django.db.models import TextChoices


class InvitationState(TextChoices):
    WAITING = "waiting", "Ожидает"
    ACCEPTED = "accepted", "Принято"
    EXPIRED = "expired", "Истекло"
    REVOKED = "revoked", "Отозвано"
