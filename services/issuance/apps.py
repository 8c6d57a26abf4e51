from django.apps import AppConfig


class IssuanceConfig(AppConfig):
    name = "services.issuance"
    label = "issuance"
