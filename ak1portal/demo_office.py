"""A believable office for the demonstration: invented people at every stage.

Everything is made by the real actions, in the order and at the times of a real office;
only the clock is set.
"""

import io
import uuid
from datetime import datetime, timedelta
from functools import cache
from random import Random

import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone
from PIL import Image, ImageDraw

from ak1portal.demo_hall import DemoHall
from ak1portal.demo_people import REGION, DemoPeople
from ak1portal.demo_words import REASONS
from applicants import actions as people
from applicants.models import Applicant, DocumentKind, User
from services.issuance import actions as issuance
from services.issuance import actions_cards as cards
from services.issuance.chores import finish_card
from services.issuance.items import of as items_of
from services.issuance.models import Card
from services.office import actions as offices
from services.office.models import Role
from services.printing import actions as printing
from services.printing.chores import assemble_run
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


class DemoOffice:
    """Builds the office; the same seed, the same people."""

    def __init__(self, *, password: str, people_count: int = 300, seed: int = 1):
        self.password = password
        self.people_count = people_count
        self.choose = Random(seed)  # noqa: S311
        self.now = timezone.localtime()
        self.people = DemoPeople(self.choose, self.now)

    def build(self) -> Card:
        """Everybody and everything; returns one printed card to look at."""
        with time_machine.travel(self.now - timedelta(days=60)):
            self._open()
        for number in range(self.people_count):
            self._one(number)
        self._sign_in_people()
        self._fill_the_hall()
        return self.printed

    # The office ------------------------------------------------------------------

    def _open(self):
        self.office = offices.open_office(
            region_code=REGION,
            government="PEMERINTAH KABUPATEN CILACAP",
            name="DINAS KETENAGAKERJAAN (CONTOH)",
            address="Jl. Contoh No. 1, Cilacap 53211",
            city="Cilacap",
            phone="(0282) 000000",
            email="ak1@demo.ak1.test",
            website="ak1.demo.test",
            signer_title="PENGANTAR KERJA AHLI MUDA",
            signer_name="Sri Contohningsih, S.Sos., M.Si.",
            signer_nip="19700101 199001 2 001",
            promise_days=2,
        )
        self.admin = self._officer("admin", Role.ADMINISTRATOR, "Wati Contoh")
        self.officers = [
            self._officer("petugas", Role.OFFICER, "Budi Contohsantoso"),
            self._officer("petugas2", Role.OFFICER, "Rini Contohwati"),
        ]
        self.supervisor = self._officer(
            "pengantar", Role.SUPERVISOR, "Sri Contohningsih"
        )
        self._officer("auditor", Role.AUDITOR, "Hadi Contohpriyono")
        offices.change_logo(self.office, by=self.admin, logo=_coat_of_arms())
        self.printed = None

    def _officer(self, mailbox, role, name):
        who = offices.add_officer(
            self.office, by=None, email=f"{mailbox}@demo.ak1.test", name=name, role=role
        )
        self._let_in(who.user)
        return who

    def _let_in(self, user):
        """What choosing a password through the mailed code does."""
        user.set_password(self.password)
        user.save()
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )

    # The people ------------------------------------------------------------------

    def _one(self, number):
        """One person, from registering to wherever they are today."""
        share = number / self.people_count
        moment = self._working_hour(self.now - timedelta(days=58 * (1 - share)))
        with time_machine.travel(moment, tick=False) as clock:
            user = User.objects.create_user(f"orang{number}@demo.ak1.test")
            EmailAddress.objects.create(
                user=user, email=user.email, verified=True, primary=True
            )
            person = self.people.make(user, number)
            self._walk(person, number, clock, _stage(share))

    def _working_hour(self, moment: datetime) -> datetime:
        while moment.weekday() >= 5:
            moment -= timedelta(days=1)
        moment = moment.replace(
            hour=self.choose.randint(8, 14), minute=self.choose.randint(0, 59), second=0
        )
        return min(moment, self.now - timedelta(hours=6))

    def _walk(self, person, number, clock, stage):
        case = issuance.start(applicant=person, office=self.office)
        if stage == "draft":
            return
        self._later(clock, 1)
        issuance.submit(case, by=person.user, key=uuid.uuid4())
        if stage == "waiting":
            return
        officer = self.officers[number % 2]
        self._later(clock, 20)
        if stage == "decided" and self.choose.random() < 0.04:
            issuance.withdraw(case, by=person.user)
            return
        review.take(case, officer=officer)
        if stage != "in review":
            self._later(clock, 2)
            self._decide(case, officer, clock, stage)

    def _decide(self, case, officer, clock, stage):
        fate = self.choose.random() if stage == "decided" else 1
        if fate < 0.05:
            review.reject(
                case,
                officer=officer,
                verdicts=_fine(case),
                note="KTP yang dikirim bukan milik pemohon.",
            )
            return
        if stage == "returned" or fate < 0.2:
            item = self.choose.choice([key for key in REASONS if key in _fine(case)])
            verdicts = {**_fine(case), item: REASONS[item]}
            review.send_back(case, officer=officer, verdicts=verdicts)
            if stage == "returned":
                return
            self._later(clock, 60)
            issuance.submit(case, by=case.applicant.user, key=uuid.uuid4())
            review.take(case, officer=officer)
        card = review.approve(case, officer=officer, verdicts=_fine(case))
        self._finish(card, clock, stage)

    def _finish(self, card, clock, stage):
        if stage == "to authorise":
            return
        self._later(clock, 45)
        cards.authorise(card, officer=self.supervisor)
        while finish_card():
            pass
        if stage == "to print":
            return
        self._print(card)
        self.printed = card
        if stage == "to hand over":
            return
        self._later(clock, 60)
        printing.hand_over(
            card, officer=self.supervisor, to=card.holder_name, identity_seen="KTP"
        )
        if self.choose.random() < 0.02:
            reason = "Nama pada kartu salah cetak."
            asker = self.officers[0]
            cards.ask_void(card, officer=asker, reason=reason)
            cards.void(card, officer=self.supervisor)

    def _print(self, card):
        head = self.supervisor
        run = printing.print_cards([card], officer=head, key=uuid.uuid4())
        while assemble_run():
            pass
        run.refresh_from_db()
        good = set(run.prints.values_list("pk", flat=True))
        printing.confirm(run, officer=head, good=good, spoiled={})

    def _later(self, clock, minutes):
        clock.shift(timedelta(minutes=minutes))

    # Who can sign in --------------------------------------------------------------

    def _sign_in_people(self):
        """pelamar@: somebody in the middle of an application, with a password."""
        user = User.objects.create_user("pelamar@demo.ak1.test")
        self._let_in(user)
        person = self.people.make(user, self.people_count + 1)
        people.remove_document(person.documents.get(kind=DocumentKind.DIPLOMA))
        issuance.start(applicant=person, office=self.office)

    # The hall ---------------------------------------------------------------------

    def _fill_the_hall(self):
        """Who came last to the portal comes to the office now; pelamar@ first."""
        DemoHall(
            self.office,
            admin=self.admin,
            officers=self.officers,
            applicants=Applicant.objects.order_by("-created_at")[:60],
        ).build()


def _stage(share: float) -> str:
    """How far somebody is who came at `share` (0 to 1) of the office's two months."""
    return next(stage for until, stage in STAGES if share < until)


def _fine(case) -> dict:
    return {item.key: "" for item in items_of(case)}


@cache
def _coat_of_arms() -> bytes:
    """A made-up coat of arms: a shield, a wave and a star. No government uses it."""
    image = Image.new("RGBA", (400, 460), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    shield = [(30, 20), (370, 20), (370, 260), (200, 440), (30, 260)]
    draw.polygon(shield, fill="#1d4d3f", outline="#f2c230", width=14)
    draw.polygon([(60, 250), (340, 250), (200, 400)], fill="#2f6fa8")
    draw.regular_polygon((200, 140, 70), 5, rotation=0, fill="#f2c230")
    png = io.BytesIO()
    image.save(png, "PNG")
    return png.getvalue()
