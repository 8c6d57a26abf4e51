from django.urls import path

from services.issuance import verification

app_name = "verification"

# /periksa/
urlpatterns = [
    path("", verification.start, name="start"),
    path("<slug:token>/", verification.card, name="card"),
]
