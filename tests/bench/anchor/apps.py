from django.apps import AppConfig


class AnchorConfig(AppConfig):
    name = "tests.bench.anchor"
    label = "anchor"
