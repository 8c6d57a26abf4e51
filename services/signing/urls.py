from django.urls import path

from services.signing import views

app_name = "signing"

urlpatterns = [
    path("", views.certificate, name="certificate"),
    path("tarik/", views.remove_certificate, name="remove_certificate"),
]
