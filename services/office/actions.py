"""What the administrator does: settings and people, each change written down.

Hours and holidays: actions_hours. Reasons and message texts: actions_words.
"""

from allauth.account.models import EmailAddress
from django.db import transaction

from ak1portal.refusals import refuse_if
from ak1portal.sealed import default_storage
from ak1portal.tokens import new_token
from applicants.models import User
from services.office import reasons, rules
from services.office.journal import as_written, note
from services.office.models import Office, Officer


@transaction.atomic
def open_office(*, region_code: str, **facts) -> Office:
    """A new office begins to serve. Raises ValidationError for facts that cannot be.

    The regions must be loaded: an office is one of a kabupaten or kota.
    """
    refuse_if(rules.bars_opening(region_code))
    office = Office(region_code=region_code, **facts)
    office.full_clean()
    office.save()
    reasons.begin_with(office)
    return office


@transaction.atomic
def change_settings(office: Office, *, by: Officer, **facts) -> list[str]:
    """Save the settings that differ, a journal line for each; their names."""
    office.lock()
    changed = [name for name, new in facts.items() if getattr(office, name) != new]
    for name in changed:
        old, new = getattr(office, name), facts[name]
        note(by, "setting", name, old=as_written(old), new=as_written(new))
        setattr(office, name, facts[name])
    office.save()
    return changed


@transaction.atomic
def change_logo(office: Office, *, by: Officer, logo: bytes) -> None:
    """Keep a clean PNG as the logo; cards that were issued keep the one they had."""
    office.lock()
    old = office.logo
    office.logo = default_storage.write(f"logos/{new_token()}.png", logo)
    office.save(update_fields=["logo"])
    note(by, "setting", "logo", old=old, new=office.logo)


@transaction.atomic
def add_officer(
    office: Office,
    *,
    by: Officer | None,
    email: str,
    name: str,
    role: str,
    nip: str = "",
) -> Officer:
    """Let somebody in. They choose their own password through “forgot password”.

    An account that was made with this address and never proved goes, and with it the
    password and every session of whoever made it: the officer's is a new one.
    """
    list(User.objects.select_for_update().filter(email=email.lower()))
    refuse_if(rules.bars_adding(email))
    rules.unproven_claims(email).delete()
    user = User.objects.create_user(email)
    # Not proven yet: the code that brings the first password proves it.
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    officer = Officer.objects.create(
        user=user, office=office, role=role, name=name, nip=nip
    )
    if by:
        note(by, "officer_added", officer.token, new=role)
    return officer


@transaction.atomic
def change_officer(
    officer: Officer, *, by: Officer, name: str, nip: str, role: str, is_active: bool
) -> None:
    """Change what somebody is here. It counts from their next click.

    The page calls review.change_officer, which also clears the desk of who leaves it.
    """
    Office.objects.select_for_update().get(pk=officer.office_id)
    officer.refresh_from_db(
        from_queryset=Officer.objects.select_for_update(of=("self",))
    )
    refuse_if(rules.bars_changing(officer, role=role, is_active=is_active))
    facts = {"name": name, "nip": nip, "role": role, "is_active": is_active}
    for field, new in facts.items():
        old = getattr(officer, field)
        if old != new:
            note(by, f"officer_{field}", officer.token, old=str(old), new=str(new))
            setattr(officer, field, new)
    officer.save()
