"""What happens to each person of the demo, from registering to wherever they are today.

Each life is told by its number alone, so several processes can tell them side by side.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import time_machine
from allauth.account.models import EmailAddress

from ak1portal.demo.people import DemoPeople
from ak1portal.demo.words import EMPLOYERS, FOUND, REASONS
from applicants.models import User
from services.desk import actions as desk
from services.desk.forms import HandInForm
from services.issuance import actions as issuance
from services.issuance import actions_cards as cards
from services.issuance.chores import finish_card
from services.issuance.items import of as items_of
from services.issuance.models import Application, Card
from services.office.models import Office, Officer
from services.printing import actions as printing
from services.registry import actions as registry
from services.registry import actions_employers as employers
from services.registry.models import Via
from services.review import actions as review

# Who came first is finished; who came last is still writing.
STAGES = (
    (0.72, "decided"),
    (0.77, "to hand over"),
    (0.80, "to print"),
    (0.83, "to authorise"),
    (0.85, "returned"),
    (0.87, "in review"),
    (0.97, "waiting"),
    (1.01, "draft"),
)
DAYS = 58
# Of those who are decided, one in so many came to the counter.
WALK_INS = 9


@dataclass(frozen=True)
class DemoLives:
    """The lives of `count` people; the same seed and number, the same life."""

    office: Office
    officers: tuple[Officer, ...]
    supervisor: Officer
    now: datetime
    count: int
    seed: int

    def begins(self, number: int) -> datetime:
        """When person `number` registers: in office hours, and long enough ago."""
        # More come every week; who has no answer yet came in the last days.
        still_to_come = 1 - number / self.count
        moment = self.now - timedelta(days=DAYS * still_to_come**1.25)
        while moment.weekday() >= 5:
            moment -= timedelta(days=1)
        choose = self._chance("hour", number)
        moment = moment.replace(
            hour=choose.randint(8, 11), minute=choose.randint(0, 59), second=0
        )
        return min(moment, self.now - timedelta(hours=1))

    def until_printing(self, number: int) -> int | None:
        """Tell a life up to the finished card: its pk, if it comes to be printed."""
        choose, stage = self._chance("life", number), self._stage(number)
        with time_machine.travel(self.begins(number), tick=False) as clock:
            if stage == "decided" and number % WALK_INS == 0:
                case = self._at_the_counter(choose, number)
            else:
                case = self._at_home(choose, clock, number)
            if case is None:
                return None
            officer = case.reviewer.officer
            _later(clock, 2)
            card = self._decide(case, officer, choose, clock, stage)
            if card is None or stage == "to authorise":
                return None
            _later(clock, 45)
            cards.authorise(card, officer=self.supervisor)
            while finish_card():
                pass
            return None if stage == "to print" else card.pk

    def after_printing(self, number: int, pk: int) -> None:
        """The card is fetched; now and then it turns out to be wrong."""
        if self._stage(number) == "to hand over":
            return
        card, supervisor = Card.objects.get(pk=pk), self.supervisor
        printed_at = card.prints.get().confirmed_at
        with time_machine.travel(printed_at + timedelta(minutes=40), tick=False):
            printing.hand_over(
                card, officer=supervisor, to=card.holder_name, identity_seen="KTP"
            )
            if self._chance("mistake", number).random() < 0.02:
                reason = "Nama pada kartu salah cetak."
                cards.ask_void(card, officer=self.officers[0], reason=reason)
                cards.void(card, officer=supervisor)

    def at_work(self, number: int, pk: int) -> None:
        """Some of those who have had the card for weeks find work; employers tell."""
        card, choose = Card.objects.get(pk=pk), self._chance("work", number)
        fate, day = choose.random(), card.issued_on + timedelta(days=12)
        if fate > 0.12 or day >= self.now.date() or card.voided_at:
            return
        company = choose.choice(EMPLOYERS)
        if fate > 0.09:
            with time_machine.travel(self.now - timedelta(hours=number % 70)):
                employers.hear(
                    card,
                    key=uuid.uuid4(),
                    company=company,
                    contact="Ibu Contoh, 0812 0000 0000",
                    started_on=day,
                )
            return
        owner = card.application.applicant.user
        with time_machine.travel(self.now - (self.now.date() - day)):
            registry.place(
                card,
                via=Via.ACCOUNT if owner else Via.DESK,
                by=owner or self.officers[0].user,
                employer=company,
                started_on=day,
                **choose.choice(FOUND),
            )

    def _at_home(self, choose, clock, number) -> Application | None:
        """Somebody with a phone; their case on an officer's desk, if it gets there."""
        user = User.objects.create_user(f"orang{number}@demo.ak1.test")
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
        person = DemoPeople(choose, self.now).make(user, number)
        case = issuance.start(applicant=person, office=self.office)
        stage = self._stage(number)
        if stage == "draft":
            return None
        _later(clock, 1)
        issuance.submit(case, by=user, key=uuid.uuid4())
        if stage == "waiting":
            return None
        _later(clock, 20)
        if stage == "decided" and choose.random() < 0.04:
            issuance.withdraw(case, by=user)
            return None
        if stage == "in review":
            # On a colleague's desk at this moment.
            clock.move_to(self.now - timedelta(minutes=number % 9))
            review.take(case, officer=self.officers[1])
            return None
        review.take(case, officer=self.officers[number % 2])
        return case

    def _at_the_counter(self, choose, number) -> Application:
        """Somebody without an account, and what the officer wrote for them."""
        officer = self.officers[number % 2]
        people = DemoPeople(choose, self.now)
        identity = people.identity(number)
        case = desk.register(officer=officer, key=uuid.uuid4(), identity=identity)
        people.tell(case.applicant, identity["nik"], number)
        wording = str(HandInForm.WORDING)
        desk.hand_in(case, officer=officer, wording=wording, key=uuid.uuid4())
        case.refresh_from_db()
        return case

    def _decide(self, case, officer, choose, clock, stage) -> Card | None:
        fate, fine = choose.random() if stage == "decided" else 1, _fine(case)
        if fate < 0.05:
            note = "KTP yang dikirim bukan milik pemohon."
            review.reject(case, officer=officer, verdicts=fine, note=note)
            return None
        comes_again = case.applicant.user is not None
        if stage == "returned" or (fate < 0.2 and comes_again):
            item = choose.choice([key for key in REASONS if key in fine])
            wrong = {**fine, item: REASONS[item]}
            review.send_back(case, officer=officer, verdicts=wrong)
            if stage == "returned":
                return None
            _later(clock, 60)
            issuance.submit(case, by=case.applicant.user, key=uuid.uuid4())
            review.take(case, officer=officer)
        return review.approve(case, officer=officer, verdicts=fine)

    def _stage(self, number) -> str:
        """How far somebody is who came at this place in the office's two months."""
        share = number / self.count
        return next(stage for until, stage in STAGES if share < until)

    def _chance(self, about, number) -> Random:
        return Random(f"{self.seed} {about} {number}")  # noqa: S311


def _later(clock, minutes):
    clock.shift(timedelta(minutes=minutes))


def _fine(case) -> dict:
    return {item.key: "" for item in items_of(case)}
