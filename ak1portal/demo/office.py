"""A believable office for the demonstration: invented people at every stage.

Everything is made by the real actions, in the order and at the times of a real office;
only the clock is set.
"""

import io
import uuid
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from random import Random

import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone
from PIL import Image, ImageDraw

from ak1portal.demo.hall import DemoHall
from ak1portal.demo.lives import DAYS, DemoLives
from ak1portal.demo.people import REGION, DemoPeople
from ak1portal.demo.words import OWN_REASONS
from applicants import actions as people
from applicants.models import Applicant, DocumentKind, User
from services.issuance import actions as issuance
from services.issuance.models import Card
from services.office import actions as offices
from services.office import actions_hours as hours
from services.office import actions_words as words
from services.office.models import Role
from services.printing import actions as printing
from services.printing.chores import assemble_run


class DemoOffice:
    """Builds the office; the same seed, the same people."""

    def __init__(
        self, *, password: str, people_count: int = 300, seed: int = 1, each=map
    ):
        """`each(act, things)` does things one by one, or side by side."""
        self.password, self.people_count = password, people_count
        self.seed, self.each = seed, each
        self.now = timezone.localtime()

    def build(self) -> Card:
        """Everybody and everything; returns one printed card to look at."""
        with time_machine.travel(self.now - timedelta(days=DAYS + 2)):
            self._open()
        self.lives = DemoLives(
            office=self.office,
            officers=tuple(self.officers),
            supervisor=self.supervisor,
            now=self.now,
            count=self.people_count,
            seed=self.seed,
        )
        for _day, numbers in groupby(range(self.people_count), key=self._day):
            self._one_day(list(numbers))
        list(self.each(self.lives.at_work, self.cards.keys(), self.cards.values()))
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
        self.printed, self.cards = None, {}
        self._words_of_its_own()

    def _words_of_its_own(self):
        """What an administrator adds in the first weeks."""
        day = (self.now + timedelta(days=14)).date()
        hours.add_holiday(self.office, by=self.admin, day=day, name="Cuti bersama")
        for item, label, sentence in OWN_REASONS:
            words.add_reason(
                self.office, by=self.admin, item=item, label=label, sentence=sentence
            )

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

    # The days --------------------------------------------------------------------

    def _day(self, number) -> date:
        return self.lives.begins(number).date()

    def _one_day(self, numbers):
        """Whoever begins on one day; their cards are printed in one run."""
        made = list(self.each(self.lives.until_printing, numbers))
        ready = [(number, pk) for number, pk in zip(numbers, made, strict=True) if pk]
        if ready:
            numbers, made = zip(*ready, strict=True)
            self._print(Card.objects.filter(pk__in=made).order_by("serial"))
            list(self.each(self.lives.after_printing, numbers, made))
            self.cards |= ready

    def _print(self, cards):
        """A quarter of an hour after the last of them was authorised."""
        last = max(card.authorised_at for card in cards)
        with time_machine.travel(last + timedelta(minutes=15), tick=False):
            head = self.supervisor
            run = printing.print_cards(list(cards), officer=head, key=uuid.uuid4())
            while assemble_run():
                pass
            run.refresh_from_db()
            good = set(run.prints.values_list("pk", flat=True))
            printing.confirm(run, officer=head, good=good, spoiled={})
        self.printed = cards[0]

    # Who can sign in --------------------------------------------------------------

    def _sign_in_people(self):
        """pelamar@: somebody in the middle of an application, with a password."""
        user = User.objects.create_user("pelamar@demo.ak1.test")
        self._let_in(user)
        people_ = DemoPeople(Random(self.seed), self.now)  # noqa: S311
        person = people_.make(user, self.people_count + 1)
        papers = (DocumentKind.DIPLOMA, DocumentKind.SKL)
        people.remove_document(person.documents.get(kind__in=papers))
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
