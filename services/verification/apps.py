from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "services.verification"
    label = "verification"
