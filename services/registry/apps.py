from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "services.registry"
    label = "registry"
