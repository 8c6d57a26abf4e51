from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "services.printing"
    label = "printing"
