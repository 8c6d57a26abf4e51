from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "services.review"
    label = "review"
