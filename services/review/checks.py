"""What the portal has already looked at, so that the officer need not.

A check never decides: it says what it saw, and the officer judges.

Several are approved at once only where every check is green, and only after somebody
compared each name with the documents: the page shows them side by side, and one tick
stands for one person.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ak1portal.text import name_key
from applicants import nik
from applicants.models import (
    Applicant,
    Document,
    DocumentKind,
    DocumentPage,
    Region,
)
from services.issuance.models import Application
from services.office.models import Office

# What nik.doubts finds, in an officer's words.
NIK_DOUBTS = {
    "date": gettext_lazy("no date of birth in it"),
    "serial": gettext_lazy("ends with 0000"),
    "birth_date": gettext_lazy("another date of birth"),
    "sex": gettext_lazy("another sex"),
}


@dataclass(frozen=True)
class Check:
    """`is_fine` None: only a person can tell."""

    title: str | Promise
    is_fine: bool | None
    detail: str = ""


def of(application: Application, today: date) -> list[Check]:
    """Every check of one application, in the order an officer reads."""
    applicant = application.applicant
    return [
        _nik(application),
        _nik_region(applicant),
        _age(application, today),
        _home(application),
        _photo(applicant),
        _same_person(applicant),
        Check(
            _("Name on the documents"),
            None,
            _("Compare the name on each document with “%(name)s”.")
            % {"name": applicant.name},
        ),
    ]


def bars_green(application: Application, today: date) -> str | None:
    """Why this case cannot be approved together with others.

    Every check must be in order; whether the names agree, the officer ticks.
    """
    *found, _names = of(application, today)
    for check in found:
        if not check.is_fine:
            title = str(check.title)
            return f"{title}: {check.detail}" if check.detail else title
    return None


def to_compare(application: Application) -> list[tuple[Document, DocumentPage]]:
    """What names are compared on: a page of the photo, the KTP, the diploma or SKL.

    Of a photo the last page, which is as it is printed; of the others the first.
    """
    shown = (
        DocumentKind.PHOTO,
        DocumentKind.KTP,
        DocumentKind.DIPLOMA,
        DocumentKind.SKL,
    )
    sent = application.applicant.documents.prefetch_related("pages")
    by_kind = sorted(
        (each for each in sent if each.kind in shown),
        key=lambda each: shown.index(each.kind),
    )
    return [
        (each, list(each.pages.all())[-1 if each.kind == DocumentKind.PHOTO else 0])
        for each in by_kind
    ]


def _nik(application) -> Check:
    """Whether the KTP says so, the officer sees: who confirmed it only said so."""
    doubts = application.applicant.nik_doubts
    title = _("NIK agrees with birth date and sex")
    if not doubts:
        return Check(title, True)
    found = ", ".join(str(NIK_DOUBTS[doubt]) for doubt in doubts)
    return Check(title, False, f"{found}. {_who_confirmed(application)}")


def _who_confirmed(application) -> str:
    applicant = application.applicant
    told = applicant.nik_confirmations.filter(
        nik_index=applicant.nik_index,
        birth_date=applicant.birth_date,
        sex=applicant.sex,
    )
    last = told.select_related("by__officer").last()
    if last is None:
        return _("Nobody has confirmed it: compare it with the KTP.")
    day = timezone.localdate(last.at, application.office.zone)
    facts = {"day": date_format(day, "j F Y")}
    if last.by_id != applicant.user_id:
        sentence = _("%(name)s saw it like this on the KTP on %(day)s.")
        return sentence % {**facts, "name": last.by.officer.name}
    sentence = _(
        "The applicant stated on %(day)s that the KTP reads like this: compare it."
    )
    return sentence % facts


def _nik_region(applicant) -> Check:
    code = nik.regency_code(applicant.nik)
    title = _("Region in the NIK is known")
    if Region.objects.filter(pk=code).exists():
        return Check(title, True)
    detail = _("Not in today’s list (%(province)s); old codes exist.")
    return Check(title, False, detail % {"province": nik.PROVINCES[code[:2]]})


def _age(application, today) -> Check:
    age = application.applicant.age_on(today)
    return Check(
        _("Age"),
        age >= application.office.minimum_age,
        _("%(age)d years") % {"age": age},
    )


def _home(application) -> Check:
    home = (application.applicant.village_id or "")[:4]
    lives_here = home == application.office.region_code
    detail = "" if lives_here else _("Lives outside this regency or city.")
    fine = lives_here or (None if not application.office.residents_only else False)
    return Check(_("Domicile"), fine, detail)


def _photo(applicant) -> Check:
    page = next(
        (
            list(document.pages.all())[-1]
            for document in applicant.documents.all()
            if document.kind == DocumentKind.PHOTO
        ),
        None,
    )
    fine = page is not None and abs(page.width * 4 - page.height * 3) <= 8
    detail = f"{page.width} × {page.height}" if page else _("No photo")
    return Check(_("Photo is 3:4"), fine, detail)


def _same_person(applicant) -> Check:
    """The same NIK, or the same name and birth date, in another account."""
    others = same_person(applicant)
    same_nik = [o for o in others if bytes(o.nik_index) == bytes(applicant.nik_index)]
    details = []
    if same_nik:
        details.append(_("Same NIK: %(count)d other.") % {"count": len(same_nik)})
    if len(others) > len(same_nik):
        details.append(
            _("Same name and birth date: %(count)d other.")
            % {"count": len(others) - len(same_nik)}
        )
    return Check(_("Registered once"), not others, " ".join(details))


def is_known_to(person: Applicant, office: Office) -> bool:
    """Whether they ever handed anything in here: others are none of its business."""
    return person.applications.filter(office=office).exclude(receipt=None).exists()


def same_person(applicant: Applicant) -> list[Applicant]:
    """Other records that may be the same human being."""
    return list(
        Applicant.objects.exclude(pk=applicant.pk)
        .filter(
            Q(nik_index=applicant.nik_index)
            | Q(birth_date=applicant.birth_date, name_key=name_key(applicant.name))
        )
        .order_by("created_at")[:5]
    )
