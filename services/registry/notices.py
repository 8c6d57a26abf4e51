"""The letters about the life of a card; the words are the office's own texts."""

from datetime import date

from django.urls import reverse
from django.utils.translation import override

from services.issuance.models import Card
from services.issuance.notices import write
from services.registry import links, rules
from services.registry.models import EmployerReport, Ordinal, Placement
from services.registry.terms import Slot


def report_due(card: Card, slot: Slot) -> None:
    _write(
        card,
        "report_due",
        laporan=_ordinal(slot),
        batas=_day(slot.due_on),
        tautan_lapor=links.address(card, slot.ordinal),
    )


def lapse_warning(card: Card, slot: Slot, *, lapses_on: date) -> None:
    _write(
        card,
        "lapse_warning",
        laporan=_ordinal(slot),
        batas=_day(slot.due_on),
        nonaktif=_day(lapses_on),
        tautan_lapor=links.address(card, slot.ordinal),
    )


def lapsed(card: Card, slot: Slot) -> None:
    _write(card, "lapsed", laporan=_ordinal(slot))


def employer_reported(report: EmployerReport, *, answer_by: date) -> None:
    _write(
        report.card,
        "employer_reported",
        perusahaan=report.company,
        mulai=_day(report.started_on),
        jawab=_day(answer_by),
    )


def placed(placement: Placement) -> None:
    _write(placement.card, "placed", perusahaan=placement.employer)


def removed(card: Card) -> None:
    with override("id"):
        reason = str(card.get_inactive_why_display())
    _write(card, "removed", alasan=reason)


def reactivated(card: Card) -> None:
    _write(card, "reactivated", berlaku=_day(card.expires_on))


def _write(card: Card, kind: str, **values) -> None:
    page = reverse("registry:card", args=[card.token])
    write(card.application, kind, link=page, nomor=card.number, **values)


def _ordinal(slot: Slot) -> str:
    with override("id"):
        return str(Ordinal(slot.ordinal).label)


def _day(day: date) -> str:
    with override("id"):
        return rules.day_in_words(day)
