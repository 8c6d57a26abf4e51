"""The life of a queue ticket, from the machine at the door to the counter.

TRANSITIONS is the whole law of what may follow what. Who was called and did not come
may be called once more on the same day; who stands at the counter may be called again,
because the hall is loud.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    WAITING = "waiting", _("Waiting")
    CALLED = "called", _("Called")
    SERVING = "serving", _("At the counter")
    DONE = "done", _("Done")
    MISSED = "missed", _("Did not come")
    CANCELLED = "cancelled", _("Given back")


TRANSITIONS = {
    Status.WAITING: (Status.CALLED, Status.MISSED, Status.CANCELLED),
    Status.CALLED: (Status.CALLED, Status.SERVING, Status.MISSED),
    Status.SERVING: (Status.DONE,),
    Status.DONE: (),
    Status.MISSED: (Status.CALLED,),
    Status.CANCELLED: (),
}

AT_COUNTER = (Status.CALLED, Status.SERVING)
OPEN = (Status.WAITING, *AT_COUNTER)
