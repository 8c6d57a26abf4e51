"""What the counter may do for the person who stands there. A reason, or None."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applicants import rules as people
from applicants.models import Applicant
from services.desk.people import home_of
from services.issuance import rules as issuance
from services.issuance import rules_cards, terms
from services.issuance.actions import today_at
from services.issuance.models import Application, Card, Kind
from services.office.models import Office, Officer
from services.review import rules as review


def bars_serving(applicant: Applicant, office: Office) -> str | None:
    """Why this office's counter may not serve the person, or None.

    Anybody may be served anywhere, where the office they belong to agrees.
    """
    home = home_of(applicant)
    if home is None or home == office or home.lets_others_serve:
        return None
    return _(
        "This person is registered at %(office)s, which serves its people itself."
        " Please send them there."
    ) % {"office": home.name}


def bars_ktp(applicant: Applicant, *, ktp_seen: bool) -> str | None:
    """Why the record may not be opened before the KTP was compared, or None.

    A NIK that nobody has proven is only what somebody typed.
    """
    if not applicant.nik_proven_at and not ktp_seen:
        return _("Compare the KTP with the record first, then tick the box.")
    return None


def bars_opening(applicant: Applicant, office: Office) -> str | None:
    """Why no application may be opened at this counter, or None.

    To go on with the open application here, or to start one.
    """
    if reason := bars_serving(applicant, office):
        return reason
    open_one = applicant.applications.open().select_related("office").first()
    if open_one is None:
        return _bars_start(applicant, today_at(office))
    if open_one.office != office and issuance.bars_choosing_office(open_one):
        return _("An application of this person is with %(office)s.") % {
            "office": open_one.office.name
        }
    return issuance.bars_desk_work(open_one)


def _bars_start(applicant: Applicant, today) -> str | None:
    """As `bars_start` says it to the holder, in the words of the counter."""
    if not issuance.bars_start(applicant, today):
        return None
    card = issuance.standing_card(applicant, today)
    return _("This person holds a valid card. It can be renewed from %(day)s.") % {
        "day": date_format(terms.renewable_from(card.expires_on), "j F Y")
    }


def bars_correcting(applicant: Applicant, office: Office, card: Card) -> str | None:
    """Why this card may not be corrected here, or None.

    A correction keeps the number, so it is made by the office of the card.
    """
    if reason := bars_serving(applicant, office):
        return reason
    if card is None:
        return _("This person has no card.")
    if card.office != office:
        return _("Only %(office)s corrects this card.") % {"office": card.office.name}
    if reason := rules_cards.bars_correction(card, today_at(office)):
        return reason
    open_one = applicant.applications.open().first()
    if open_one is None or open_one.kind == Kind.CORRECTION:
        return None
    return _("There is an open application. Go on with that one.")


def bars_nik(digits: str, applicant: Applicant | None) -> str | None:
    """Why a NIK typed at the counter may not be kept, or None.

    Said beside the box, before anything is saved.
    """
    if applicant and (reason := people.bars_new_nik(applicant, digits)):
        return reason
    return people.bars_known_nik(digits, but=applicant)


def bars_desk(officer: Officer) -> str | None:
    """Why this officer may not serve at the counter, or None.

    Who may hold cases may serve at the counter.
    """
    return review.bars_desk(officer)


def bars_filling_in(application: Application, officer: Officer) -> str | None:
    """Why the counter may not fill in this application, or None."""
    if application.office_id != officer.office_id:
        return _("An application of this person is with %(office)s.") % {
            "office": application.office.name
        }
    return bars_desk(officer) or issuance.bars_desk_work(application)
