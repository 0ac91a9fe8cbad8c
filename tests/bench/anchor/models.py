from django.db import models


class Answer(models.Model):
    """The whole answer as one JSON row: the least that any portal must do."""

    values = models.JSONField(default=dict)

    class Meta:
        app_label = "anchor"

    def __str__(self) -> str:
        return str(self.pk)
