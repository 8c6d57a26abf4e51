from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "services.office"
    label = "office"
