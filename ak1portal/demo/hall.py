"""A believable hall for the demonstration: an hour's queue, made by the real actions.

Whatever the hour at which the demo is started, its visitor finds the hall at work: on
this day of the week the office serves around this hour.
"""

from collections.abc import Sequence
from datetime import time, timedelta
from random import Random

import time_machine

from applicants.models import Applicant
from services.hall import actions, actions_settings, lists
from services.hall.models import HallRule, Purpose
from services.hall.workflow import Status
from services.office.actions_hours import set_opening_times
from services.office.hours import USUAL
from services.office.models import Office, Officer

COUNTERS = ("Loket 1", "Loket 2", "Loket 3")
VISITS = (Purpose.NEW, Purpose.NEW, Purpose.COLLECT, Purpose.REPORT, Purpose.OTHER)
MINUTES = 75


class DemoHall:
    """The hall of one office today. Who is first in `applicants` can look at a ticket
    of their own."""

    def __init__(
        self,
        office: Office,
        *,
        admin: Officer,
        officers: Sequence[Officer],
        applicants: Sequence[Applicant],
        seed: int = 3,
    ):
        self.office, self.admin, self.officers = office, admin, officers
        self.applicants = list(applicants)
        self.choose = Random(seed)  # noqa: S311
        self.now = lists.clock_at(office)

    def build(self) -> None:
        self._open()
        begin = max(
            self.now - timedelta(minutes=MINUTES),
            self.now.replace(hour=0, minute=0, second=0, microsecond=0),
        )
        with time_machine.travel(begin, tick=False) as clock:
            self._book()
            while lists.clock_at(self.office) < self.now - timedelta(minutes=1):
                clock.shift(timedelta(minutes=1))
                self._one_minute()

    def _open(self):
        self._serve_around_now()
        facts = {
            "gives_tickets": True,
            "quota": 4,
            "days_ahead": 3,
            "opens_at": time(0),
            "notice": "Layanan AK-1 gratis. Siapkan KTP Anda.",
        }
        actions_settings.change_rule(self.office, by=self.admin, **facts)
        self.counters = [
            actions_settings.add_counter(self.office, by=self.admin, name=name)
            for name in COUNTERS
        ]

    def _serve_around_now(self):
        begins = max(self.now.hour - 2, 0)
        around = (time(begins), time(begins + 7) if begins < 17 else time(23, 59))
        week = {**USUAL, self.now.weekday(): (around,)}
        set_opening_times(self.office, by=self.admin, week=week)

    def _book(self):
        """Two people for each hour; those that have begun by now are filled last."""
        rule = HallRule.of(self.office)
        hours = [
            hour.begins
            for day in lists.days_of(rule)
            for hour in lists.hours_of(rule, day)
        ]
        hours.sort(key=lambda begins: (begins < self.now, begins))
        for place, applicant in enumerate(self.applicants[: len(hours) * 2]):
            begins = hours[place % len(hours)]
            actions.take(
                applicant=applicant,
                office=self.office,
                day=begins.date(),
                slot=begins.time(),
                purpose=lists.likely_purpose(applicant, self.office),
            )

    def _one_minute(self):
        if self.choose.random() < 0.4:
            by = self.choose.choice(self.officers)
            actions.give(self.office, by=by, purpose=self.choose.choice(VISITS))
        for counter, officer in zip(self.counters, self.officers, strict=False):
            self._work(counter, officer)

    def _work(self, counter, officer):
        """What somebody at a counter does within a minute."""
        ticket, fate = lists.at_counter(counter), self.choose.random()
        if ticket is None:
            actions.call_next(counter, officer=officer)
        elif ticket.status == Status.CALLED and fate < 0.08:
            actions.miss(ticket, counter=counter, officer=officer)
        elif ticket.status == Status.CALLED:
            actions.serve(ticket, counter=counter, officer=officer)
        elif fate < 0.2:
            actions.finish(ticket, counter=counter, officer=officer)
