"""People and papers for the tests: plain functions that walk the real actions.

Nobody here is a real person. NIK have real region codes and made-up serials.
"""

import itertools
import uuid
from datetime import date
from functools import cache
from io import BytesIO
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.test import Client
from PIL import Image

from applicants import actions as applicant_actions
from applicants import nik
from applicants.codes import EducationLevel, LanguageMastery
from applicants.models import (
    Applicant,
    DocumentKind,
    Education,
    Experience,
    Language,
    Training,
    User,
)
from applicants.uploads import Crop, Page
from services.desk import actions as desk
from services.issuance import actions as issuance
from services.issuance import actions_cards as cards
from services.issuance.chores import finish_card
from services.issuance.items import of as items_of
from services.issuance.workflow import Status
from services.office import actions as office_actions
from services.office.models import Office, Officer, Role
from services.printing import actions as printing
from services.printing.chores import assemble_run
from services.printing.models import Printer, PrintRun
from services.review import actions as review
from services.verification import actions as verification

PASSWORD = "kuning-sekali-2026"  # noqa: S105
CILACAP_VILLAGE = "3301012001"
WIB = ZoneInfo("Asia/Jakarta")
_count = itertools.count(1)


def user(email=None, *, password=None) -> User:
    """Somebody with a proven e-mail address."""
    email = email or f"orang{next(_count)}@contoh.test"
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def office(region_code="3301", **facts) -> Office:
    """The office of a region; the same one when asked again."""
    standing = Office.objects.filter(region_code=region_code).first()
    if standing:
        for name, value in facts.items():
            setattr(standing, name, value)
        standing.save()
        return standing
    return office_actions.open_office(
        region_code=region_code,
        **{
            "government": "PEMERINTAH KABUPATEN CONTOH",
            "name": "DINAS KETENAGAKERJAAN",
            "address": "Jl. Contoh No. 1",
            "city": "Contoh",
            "signer_name": "Sri Contoh, S.Sos.",
            "signer_nip": "197001011990012001",
            **facts,
        },
    )


def officer(role=Role.OFFICER, *, at=None, password=None, name=None) -> Officer:
    number = next(_count)
    who = office_actions.add_officer(
        at or office(),
        by=None,
        email=f"petugas{number}@contoh.test",
        name=name or f"Petugas {number}",
        role=role,
    )
    EmailAddress.objects.filter(user=who.user).update(verified=True)
    if password:
        who.user.set_password(password)
        who.user.save()
    return who


def supervisor(**facts) -> Officer:
    return officer(Role.SUPERVISOR, **facts)


def bare_applicant(*, user_=None, **facts):
    """Somebody who has said who they are and nothing else."""
    serial = next(_count)
    birth_date = facts.pop("birth_date", date(1999, 5, 17))
    sex = facts.pop("sex", "P")
    return applicant_actions.register(
        by=user_ or user(),
        **{
            # Four digits, however many people one process of the tests makes.
            "nik": nik.compose("3301", "01", birth_date, sex, serial % 9999 + 1),
            "name": f"Siti Contoh {_word(serial)}",
            "birth_place": "Cilacap",
            "birth_date": birth_date,
            "sex": sex,
            # Who disagrees with their NIK has been asked and said so.
            "as_printed": True,
            **facts,
        },
    )


def _word(number: int) -> str:
    """A name made of letters, because names have no digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).title()


def applicant(*, without=(), **facts):
    """Somebody who has answered everything, but for the documents named `without`."""
    person = bare_applicant(**facts)
    applicant_actions.change(
        person,
        marital_status="1",
        religion="1",
        phone="+6281234567890",
        is_employed=False,
        street="Jl. Melati No. 3",
        rt="001",
        rw="002",
        village_id=CILACAP_VILLAGE,
        wanted_job="Operator jahit",
        wanted_places=["AKL"],
        has_no_language=True,
    )
    for entry in (
        Education(level=EducationLevel.SMA, school="SMA Contoh 1", graduated_year=2017),
        Training(name="Menjahit", year=2018),
        Experience(position="Kasir", employer="Toko Contoh", started_year=2019),
    ):
        entry.applicant = person
        entry.save(force_insert=True)
    for kind in (DocumentKind.KTP, DocumentKind.DIPLOMA):
        if kind not in without:
            document(person, kind)
    if DocumentKind.PHOTO not in without:
        photo(person)
    return person


def language(person, name="Inggris"):
    entry = Language(name=name, mastery=LanguageMastery.BASIC)
    applicant_actions.save_entry(person, entry)
    return entry


def document(person, kind=DocumentKind.KTP):
    return applicant_actions.save_document(
        person, kind=kind, pages=[Page(picture(800, 500), 800, 500)]
    )


def photo(person):
    return applicant_actions.keep_photo(
        person,
        picture=Page(picture(900, 1000), 900, 1000),
        cropped=picture(600, 800),
        crop=Crop(75, 0, 750, 1000),
    )


@cache
def picture(width, height, colour="#c8102e", form="JPEG") -> bytes:
    """A picture of one colour; small, but as real as any."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, form)
    return file.getvalue()


def application(status=Status.DRAFT, *, applicant_=None, at=None, by=None):
    """An application that came to `status` by the real steps."""
    at = at or office()
    one = issuance.start(applicant=applicant_ or applicant(), office=at)
    if status == Status.DRAFT:
        return one
    if status == Status.WITHDRAWN:
        issuance.withdraw(one, by=one.applicant.user)
        return one
    issuance.submit(one, by=one.applicant.user, key=uuid.uuid4())
    if status == Status.SUBMITTED:
        return one
    by = by or officer(at=at)
    review.take(one, officer=by)
    if status == Status.RETURNED:
        review.send_back(one, officer=by, verdicts={"ktp": "Foto KTP buram."})
    elif status == Status.REJECTED:
        review.reject(one, officer=by, verdicts={}, note="Sudah bekerja di luar kota.")
    elif status == Status.APPROVED:
        review.approve(one, officer=by, verdicts=fine(one))
    return one


def at_the_desk(*, by=None, **facts):
    """An open application of somebody without an account, who stands at a counter."""
    by = by or officer()
    person = applicant(**facts)
    Applicant.objects.filter(pk=person.pk).update(user=None)
    person.refresh_from_db()
    return desk.open_record(person, officer=by, ktp_seen=True)


def on_skl(**facts):
    """Somebody who has finished school and does not have the diploma yet."""
    person = applicant(without=(DocumentKind.DIPLOMA,), **facts)
    document(person, DocumentKind.SKL)
    return person


def card_on_skl(*, diploma_sent=True, **facts):
    """A card in force, issued on a graduation letter."""
    one = card(applicant_=on_skl(), **facts)
    if diploma_sent:
        document(Applicant.objects.get(applications__card=one), DocumentKind.DIPLOMA)
    return one


def fine(one) -> dict:
    """The verdicts of a case in which everything is in order."""
    return {item.key: "" for item in items_of(one)}


def card(*, authorised=True, finished=False, printed=False, handed_over=False, **facts):
    """A card, as far on its way as asked."""
    one = application(Status.APPROVED, **facts).card
    head = supervisor(at=one.office)
    if authorised or finished or printed or handed_over:
        cards.authorise(one, officer=head)
    if finished or printed or handed_over:
        finish()
        one.refresh_from_db()
    if printed or handed_over:
        print_run([one], by=head)
    if handed_over:
        printing.hand_over(one, officer=head, to=one.holder_name, identity_seen="KTP")
    return one


def void(one, *, reason="Salah cetak."):
    """Withdrawn: one supervisor asked for it, another confirmed."""
    cards.ask_void(one, officer=supervisor(at=one.office), reason=reason)
    cards.void(one, officer=supervisor(at=one.office))


def forgery_report(*, at=None, card_=None, with_photo=False, **told):
    """What a stranger told an office about a card."""
    return verification.report(
        key=uuid.uuid4(),
        office=at or office(),
        card=card_,
        told={
            "seen": card_.number if card_ else "3301 999999 010126",
            "where": "Gerbang pabrik contoh",
            "seen_on": "2026-11-20",
            "wrong": "Foto ditempel ulang.",
            **told,
        },
        photo=Page(picture(800, 500), 800, 500) if with_photo else None,
    )


def finish():
    """What a worker does after an authorisation."""
    while finish_card():
        pass


def print_run(chosen, *, by, confirmed=True, printer=None):
    """A run of finished cards, made into its file; confirmed good unless told."""
    run = printing.print_cards(chosen, officer=by, key=uuid.uuid4(), printer=printer)
    while assemble_run():
        pass
    run.refresh_from_db()
    if confirmed:
        good = set(run.prints.values_list("pk", flat=True))
        printing.confirm(run, officer=by, good=good, spoiled={})
    return run


def assemble(run):
    """What a worker does with a run, also one that was put off a moment ago."""
    PrintRun.objects.filter(pk=run.pk).update(try_at=run.at)
    while assemble_run():
        pass
    run.refresh_from_db()


def lost(one):
    """The paper of a printed card was lost; it may be printed once more."""
    return printing.ask_reprint(
        one,
        officer=supervisor(at=one.office),
        reason="lost",
        old_card_returned=False,
        police_letter="SKTLK/12/XI/2026",
        letter=picture(400, 300),
    )


def printer(*, at=None, **facts):
    """A printer of the office, as good as new unless told."""
    number = next(_count)
    return Printer.objects.create(
        office=at or office(),
        **{"name": f"Printer {number}", "paper": "330x120", **facts},
    )


def signed_in(who):
    """A client with a session of `who`."""
    client = Client()
    client.force_login(who)
    return client
