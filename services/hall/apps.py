from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "services.hall"
    label = "hall"
