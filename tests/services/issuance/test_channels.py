"""Letters leave by a real SMTP server and a real HTTP one, on this machine."""

import json
import socket
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest
from django.utils import timezone

from services.issuance import letters
from services.issuance.chores import _take_letter, send_letter
from services.issuance.models import Channel, Letter
from services.issuance.workflow import Status
from services.review.actions import try_letter_again
from tests import factories
from tests.servers import free_port

pytestmark = pytest.mark.django_db


class Provider(ThreadingHTTPServer):
    """A WhatsApp provider that answers as it is told, and remembers what came."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.answers, self.taken = [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/messages"


class Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["Content-Length"])
        message = json.loads(self.rfile.read(length))
        self.server.taken.append((message, dict(self.headers)))
        status, body = self.server.answers.pop(0) if self.server.answers else (200, "")
        if status == "hang up":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings):
    server = Provider()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.WHATSAPP_URL, settings.WHATSAPP_TOKEN = server.url, "rahasia"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def whatsapp(provider):
    """The letter of a submission at an office that writes by WhatsApp too."""
    factories.application(Status.SUBMITTED, at=factories.office(whatsapp=True))
    Letter.objects.filter(channel=Channel.EMAIL).delete()
    return Letter.objects.get()


def sent(letter):
    Letter.objects.update(try_at=timezone.now())
    send_letter()
    letter.refresh_from_db()
    return letter


def test_an_office_with_a_provider_writes_by_both_ways(provider):
    application = factories.application(
        Status.SUBMITTED, at=factories.office(whatsapp=True)
    )

    letters = dict(application.letters.values_list("channel", "to"))

    person = application.applicant
    assert letters == {"email": person.user.email, "whatsapp": person.phone}


def test_without_a_provider_or_the_offices_will_only_mail_goes(settings):
    settings.WHATSAPP_URL = ""
    factories.application(Status.SUBMITTED, at=factories.office(whatsapp=True))
    settings.WHATSAPP_URL = "http://127.0.0.1:9/"
    factories.application(Status.SUBMITTED, at=factories.office(whatsapp=False))

    assert set(Letter.objects.values_list("channel", flat=True)) == {"email"}


def test_a_message_is_handed_over_once_with_its_key(provider, whatsapp):
    provider.answers = [(200, '{"id": "wamid.42"}')]

    sent(whatsapp)

    ((message, headers),) = provider.taken
    assert (message["to"], message["text"]) == (whatsapp.to, whatsapp.body)
    assert headers["Authorization"] == "Bearer rahasia"
    assert headers["Idempotency-Key"] == f"ak1-{whatsapp.pk}"
    assert (whatsapp.provider_id, bool(whatsapp.sent_at)) == ("wamid.42", True)
    assert not send_letter()


@pytest.mark.parametrize("answer", [(500, ""), (503, ""), (429, ""), ("hang up", "")])
def test_a_provider_that_is_ill_is_asked_again_with_the_same_key(
    provider, whatsapp, answer
):
    provider.answers = [answer, (200, '{"id": "wamid.42"}')]

    assert sent(whatsapp).sent_at is None
    assert sent(whatsapp).sent_at

    keys = {headers["Idempotency-Key"] for _message, headers in provider.taken}
    assert (len(provider.taken), len(keys)) == (2, 1)


@pytest.mark.parametrize("status", [400, 404, 422])
def test_what_a_provider_will_never_take_is_given_up_at_once(
    provider, whatsapp, status
):
    provider.answers = [(status, "")]

    sent(whatsapp)

    assert (whatsapp.sent_at, whatsapp.last_error) == (None, f"HTTP {status}")
    assert not Letter.objects.due(timezone.now()).exists()


@pytest.mark.parametrize("body", ["", "not json", '{"name": 1}', "[]"])
def test_an_answer_that_cannot_be_read_is_no_failure(provider, whatsapp, body):
    provider.answers = [(202, body)]

    sent(whatsapp)

    assert (bool(whatsapp.sent_at), whatsapp.provider_id) == (True, "")


class MailServer(ThreadingTCPServer):
    """An SMTP server that remembers what came and, for some, goes wrong as told."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port, inbox):
        super().__init__(("127.0.0.1", port), SmtpSession)
        self.inbox = inbox
        self.thread = threading.Thread(target=self.serve_forever)
        self.thread.start()

    def stop(self):
        self.shutdown()
        self.server_close()
        self.thread.join()


@dataclass
class Inbox:
    """`answers`: address -> "lose" the last answer, "drop" the line, or words."""

    came: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)


class SmtpSession(StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word, to = line[:4].upper(), line.partition("<")[2].partition(">")[0]
            wrong = self.server.inbox.answers.get(to, "") if word == "RCPT" else ""
            if wrong == "drop":
                return
            if word == "DATA" and not self.take(lose=self.loses):
                return
            if word == "RCPT":
                self.loses = wrong == "lose"
            self.say(wrong if wrong[:1].isdigit() else "250 fine")

    def take(self, *, lose):
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.inbox.came.append(message_from_bytes(b"".join(lines)))
        return not lose

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


def test_a_letter_arrives_through_a_real_smtp_server(mail_server):
    inbox = mail_server()
    application = factories.application(Status.SUBMITTED)

    send_letter()

    (message,) = inbox.came
    assert message["To"] == application.applicant.user.email
    assert application.receipt in message.get_payload(decode=True).decode()


def test_no_message_has_a_place_for_a_nik(provider):
    """Every occasion of a whole life of a card, and no NIK in any letter of it."""
    card = factories.card(handed_over=True, at=factories.office(whatsapp=True))
    factories.void(card)
    digits = card.application.applicant.nik

    letters = list(Letter.objects.values_list("subject", "body"))

    assert len(letters) >= 8
    assert [one for one in letters if digits in "".join(one)] == []


@pytest.fixture
def mail_server(settings):
    """An SMTP server that can go and come back at the same address."""
    settings.EMAIL_BACKEND = "ak1portal.mail.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    inbox = Inbox()

    def start():
        running.append(MailServer(settings.EMAIL_PORT, inbox))
        return inbox

    running = []
    yield start
    for server in running:
        server.stop()


def worker_works_until(now, end, time_machine):
    """Every ten minutes, as if nobody had noticed."""
    while now < end:
        time_machine.move_to(now, tick=False)
        while send_letter():
            pass
        now += timedelta(minutes=10)


def test_gateways_that_are_down_for_a_day_lose_nothing(
    mail_server, provider, time_machine
):
    """F30: afterwards every message arrives once, the oldest first."""
    begin = timezone.now()
    time_machine.move_to(begin, tick=False)
    office = factories.office(whatsapp=True)
    provider.answers = [(503, "")] * 1000
    receipts = []
    for minute in range(3):
        time_machine.move_to(begin + timedelta(minutes=minute), tick=False)
        receipts.append(factories.application(Status.SUBMITTED, at=office).receipt)
    worker_works_until(begin, begin + timedelta(hours=24), time_machine)
    assert not Letter.objects.exclude(sent_at=None).exists()
    assert not Letter.objects.given_up().exists()
    inbox = mail_server()
    provider.answers, provider.taken[:] = [], []

    back = begin + timedelta(hours=24)
    worker_works_until(back, back + timedelta(minutes=30), time_machine)

    texts = [mail.get_payload(decode=True).decode() for mail in inbox.came]
    for came in (texts, [message["text"] for message, _headers in provider.taken]):
        assert len(came) == 3
        assert [receipts[at] in text for at, text in enumerate(came)] == [True] * 3


def test_what_is_two_days_late_is_given_up_and_seen(time_machine, settings):
    settings.EMAIL_BACKEND = "ak1portal.mail.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    factories.application(Status.SUBMITTED)
    time_machine.move_to(timezone.now() + timedelta(hours=49), tick=False)

    send_letter()

    assert Letter.objects.given_up().count() == 1


def test_an_outage_of_one_channel_leaves_the_other_alone(provider, mailoutbox):
    provider.answers = [(503, "")] * 10
    factories.application(Status.SUBMITTED, at=factories.office(whatsapp=True))

    while send_letter():
        pass

    assert len(mailoutbox) == 1
    assert len(provider.taken) == 1


# An answer that is lost ---------------------------------------------------------


def days(count, time_machine):
    now = timezone.now()
    worker_works_until(now, now + timedelta(days=count), time_machine)


def test_a_server_whose_answer_is_lost_gets_a_letter_twice_and_holds_up_nobody(
    mail_server, time_machine
):
    unlucky, *others = (factories.application(Status.SUBMITTED) for _ in range(4))
    inbox = mail_server()
    inbox.answers = {unlucky.applicant.user.email: "lose"}

    days(2, time_machine)

    mine = [m for m in inbox.came if m["To"] == unlucky.applicant.user.email]
    assert len(mine) == 2
    assert len({message["Message-ID"] for message in mine}) == 1
    assert mine[0]["Message-ID"] == unlucky.letters.get().message_id
    rest = [message["To"] for message in inbox.came if message not in mine]
    assert sorted(rest) == sorted(one.applicant.user.email for one in others)
    letter = unlucky.letters.get()
    assert (letter.sent_at, letter.unknowns, letter.attempts) == (None, 2, 2)


def test_what_may_have_arrived_is_said_on_the_case_and_sent_once_more_by_hand(
    mail_server, time_machine
):
    application = factories.application(Status.SUBMITTED)
    inbox = mail_server()
    inbox.answers = {application.applicant.user.email: "lose"}
    now = timezone.now()
    worker_works_until(now, now + timedelta(minutes=1), time_machine)
    (fate,) = letters.of(application)
    assert (fate.state, bool(fate.at)) == (letters.State.DOUBTFUL, True)

    days(1, time_machine)
    (fate,) = letters.of(application)
    assert (fate.state, fate.at) == (letters.State.UNKNOWN, None)
    assert "jawabannya hilang" in fate.reason
    assert list(Letter.objects.given_up()) == [application.letters.get()]

    try_letter_again(application.letters.get(), officer=factories.officer())
    days(1, time_machine)
    assert len(inbox.came) == 3


@pytest.mark.parametrize("answer", ["hang up", 500, 502, 504])
def test_a_provider_whose_answer_is_lost_gets_a_message_twice(
    provider, whatsapp, time_machine, answer
):
    provider.answers = [(answer, "")] * 200

    days(2, time_machine)

    keys = {headers["Idempotency-Key"] for _message, headers in provider.taken}
    assert (len(provider.taken), len(keys)) == (2, 1)
    assert Letter.objects.get().unknowns == 2


def test_a_worker_that_died_while_sending_leaves_a_letter_that_may_have_arrived(
    mailoutbox, time_machine
):
    factories.application(Status.SUBMITTED)
    begin = timezone.now()
    time_machine.move_to(begin, tick=False)
    died = _take_letter()
    assert died.sending_since == begin
    assert not send_letter()

    days(1, time_machine)

    letter = Letter.objects.get()
    assert (len(mailoutbox), letter.unknowns) == (1, 1)
    assert letter.sent_at >= begin + Letter.SENDING + Letter.UNKNOWN_WAIT


# One letter, or all -------------------------------------------------------------


@pytest.mark.parametrize("answer", ["drop", "421 closing", "450 later", "550 nobody"])
def test_a_letter_that_goes_wrong_at_its_address_holds_up_nobody(mail_server, answer):
    unlucky, *others = (factories.application(Status.SUBMITTED) for _ in range(5))
    inbox = mail_server()
    inbox.answers = {unlucky.applicant.user.email: answer}

    while send_letter():
        pass

    assert sorted(m["To"] for m in inbox.came) == sorted(
        one.applicant.user.email for one in others
    )
    assert unlucky.letters.get().try_at > timezone.now()


def test_several_letters_in_a_row_that_nobody_takes_are_an_outage(mail_server):
    for _letter in range(6):
        factories.application(Status.SUBMITTED)

    tried = 0
    while send_letter():
        tried += 1

    assert tried == Letter.OUTAGE_LETTERS
    assert Letter.objects.filter(attempts=0, unknowns=0).count() == 6
    assert not Letter.objects.due(timezone.now()).exists()
