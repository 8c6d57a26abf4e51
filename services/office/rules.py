"""What the administrator may do with officers."""

from django.utils.translation import gettext as _

from applicants.models import User
from services.office.models import Officer, Role


def bars_adding(email: str) -> str | None:
    if User.objects.filter(email=email.lower()).exists():
        return _("This e-mail address already has an account.")
    return None


def bars_changing(subject: Officer, *, role: str, is_active: bool) -> str | None:
    """An office keeps an administrator, or nobody could ever let one in again."""
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
