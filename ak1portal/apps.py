from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ak1portal"
    label = "portal"
