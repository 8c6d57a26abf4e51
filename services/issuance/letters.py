"""What became of the messages of a case, in words for the office.

The address is only hinted at: enough to ask “is this still yours?” at the counter.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.issuance.models import Application, Letter
from services.office.texts import OCCASIONS


class State(TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting to be sent")
    TRYING = "trying", gettext_lazy("Not sent yet; next try")
    SENT = "sent", gettext_lazy("Sent")
    FAILED = "failed", gettext_lazy("Not sent, given up")
    DOUBTFUL = "doubtful", gettext_lazy("Perhaps arrived; sent once more")
    UNKNOWN = "unknown", gettext_lazy("Perhaps arrived: nobody knows")


# By the name that a worker keeps of what went wrong.
_UNREACHABLE = (
    "ConnectionRefusedError",
    "ConnectionResetError",
    "SMTPConnectError",
    "SMTPServerDisconnected",
    "TimeoutError",
    "URLError",
    "gaierror",
)
_REFUSED = ("SMTPRecipientsRefused", "HTTP 400", "HTTP 404", "HTTP 410", "HTTP 422")


@dataclass(frozen=True)
class Fate:
    """One letter: what for, which way, to whom, and how far it came.

    `at` is when it was sent, or when it is tried again.
    """

    title: str | Promise
    channel: str | Promise
    to: str
    state: State
    at: datetime | None
    tries: int
    reason: str


def of(application: Application) -> list[Fate]:
    """Oldest first; one query."""
    written = application.letters.order_by("written_at", "pk")
    return [fate(letter) for letter in written]


def fate(letter: Letter) -> Fate:
    """How far one letter came."""
    state = _state(letter)
    occasion = OCCASIONS.get(letter.kind)
    return Fate(
        title=occasion.title if occasion else letter.subject,
        channel=letter.get_channel_display(),
        to=masked(letter.to),
        state=state,
        at=_at(letter, state),
        # A letter that its provider will never take is given up at the first try.
        tries=1 if letter.last_error.startswith("HTTP ") else letter.attempts,
        reason=_reason(letter),
    )


def _state(letter: Letter) -> State:
    if letter.sent_at:
        return State.SENT
    if letter.attempts >= Letter.MAX_ATTEMPTS:
        return State.FAILED
    if letter.unknowns:
        is_over = letter.unknowns >= Letter.MAX_UNKNOWNS
        return State.UNKNOWN if is_over else State.DOUBTFUL
    return State.TRYING if letter.last_error else State.WAITING


def _at(letter: Letter, state: State) -> datetime | None:
    if state == State.SENT:
        return letter.sent_at
    return letter.try_at if state in (State.TRYING, State.DOUBTFUL) else None


def masked(to: str) -> str:
    """s•••@contoh.test; 08••••789 for +62812…789; "" for none."""
    if not to:
        return ""
    if "@" in to:
        name, _at, host = to.rpartition("@")
        return f"{name[:1]}•••@{host}"
    local = "0" + to.removeprefix("+62")
    return f"{local[:2]}••••{local[-3:]}"


def _reason(letter: Letter) -> str:
    error = letter.last_error
    if letter.unknowns and not letter.sent_at:
        return _(
            "The message left, and the answer was lost. Ask the applicant before you"
            " send it again."
        )
    if error in _REFUSED:
        return _("The address was refused. Ask the applicant whether it is right.")
    if error in _UNREACHABLE or error.startswith("HTTP 5"):
        return _("The sending server could not be reached.")
    return _("It could not be sent (%(error)s).") % {"error": error} if error else ""
