"""What the administrator may do with officers, holidays and reasons."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applicants.models import Region, User
from services.office.models import Office, Officer, Reason, Role


def bars_opening(region_code: str) -> str | None:
    """Why no office may be opened for this region, or None.

    One office for each kabupaten or kota, and none for a place that is not there.

    Until `manage.py load_reference` has run, there is none at all.
    """
    if len(region_code) != 4 or not Region.objects.filter(code=region_code).exists():
        return _("There is no kabupaten or kota with the code “%(code)s”.") % {
            "code": region_code
        }
    if Office.objects.filter(region_code=region_code).exists():
        return _("There is already an office for %(code)s.") % {"code": region_code}
    return None


def bars_adding(email: str) -> str | None:
    """Why no officer may be added with this address, or None.

    One account for an address; what an outsider can make with it does not count.
    """
    claims = User.objects.filter(email=email.lower())
    if claims.exclude(pk__in=unproven_claims(email)).exists():
        return _("This e-mail address already has an account.")
    return None


def unproven_claims(email: str) -> QuerySet[User]:
    """Accounts that somebody made with this address and never proved to be theirs.

    Nobody can sign in to one, so nothing hangs on it.
    """
    return User.objects.filter(
        email=email.lower(), applicant=None, officer=None
    ).exclude(emailaddress__verified=True)


def bars_changing(subject: Officer, *, role: str, is_active: bool) -> str | None:
    """Why this officer may not be changed so, or None.

    An office keeps an administrator, or nobody could ever let one in again.
    """
    stays = role == Role.ADMINISTRATOR and is_active
    others = (
        Officer.objects.filter(
            office=subject.office, role=Role.ADMINISTRATOR, is_active=True
        )
        .exclude(pk=subject.pk)
        .exists()
    )
    if subject.administers and subject.is_active and not stays and not others:
        return _("The office needs at least one administrator.")
    return None


def bars_holiday(office: Office, day: date) -> str | None:
    """Why this holiday may not be added, or None."""
    if office.holidays.filter(day=day).exists():
        return _("This day is already a holiday.")
    return None


def bars_reason(
    office: Office, *, item: str, label: str, but: Reason | None = None
) -> str | None:
    """Why this reason may not be kept, or None.

    Two reasons of one item that look the same could not be told apart.
    """
    same = office.reasons.filter(item=item, label__iexact=label)
    if same.exclude(pk=but.pk if but else None).exists():  # type: ignore[misc]
        return _("There is already a reason with this name for this part.")
    return None
