"""Letters leave by a real SMTP server and a real HTTP one, on this machine."""

import json
import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.utils import timezone

from services.issuance.chores import send_letter
from services.issuance.models import Channel, Letter
from services.issuance.workflow import Status
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


class Inbox(Message):
    def __init__(self):
        super().__init__()
        self.came = []

    def handle_message(self, message):
        self.came.append(message)


def test_a_letter_arrives_through_a_real_smtp_server(settings):
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    application = factories.application(Status.SUBMITTED)
    server.start()
    try:
        send_letter()
    finally:
        server.stop()

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
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    inbox = Inbox()

    def start():
        server = Controller(inbox, hostname="127.0.0.1", port=settings.EMAIL_PORT)
        server.start()
        running.append(server)
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
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
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
