"""Issuance never half-happens: the act fails at step k, for every k.

The steps are the statements of the act and what it does to files. After each accident
the invariants hold, and the same act, tried again, has its effect once.
"""

import io
import uuid

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from services.issuance import actions_cards as cards
from services.issuance.chores import finish_card, sweep_card_files
from services.issuance.models import Card, Letter
from services.issuance.workflow import Status
from services.printing import actions as printing
from services.printing.chores import assemble_run
from services.printing.models import PrintRun
from services.review import actions as review
from services.signing import certificates
from services.signing.actions import add_certificate
from services.signing.models import Signature
from tests import factories
from tests.authority import PASSPHRASE
from tests.faults import FaultError, Steps, every_insert_fails, killed_at, steps_of

pytestmark = pytest.mark.django_db(transaction=True)


def invariants():
    """The questions an auditor asks; raises when something is not so."""
    call_command("check_invariants", stdout=io.StringIO())


def the_case():
    """A case on an officer's desk, and the act of approving it."""
    officer = factories.officer()
    case = factories.application(Status.IN_REVIEW, by=officer)
    key = uuid.uuid4()

    def approve():
        fresh = type(case).objects.get(pk=case.pk)
        return review.approve(fresh, officer=officer, verdicts={}, key=key)

    return case, approve


def steps_of_an_approval():
    """Of any but the first of the year, which also makes the row of the serial."""
    factories.card(authorised=False)
    _case, approve = the_case()
    return steps_of(approve)


def test_an_approval_that_raises_at_any_step_has_done_nothing():
    """F9: and what failed is done when it is tried again."""
    count = steps_of_an_approval()

    for step in range(1, count + 1):
        case, approve = the_case()
        with pytest.raises((FaultError, DatabaseError)), Steps(step).counted():
            approve()
        case.refresh_from_db()
        assert case.status == Status.IN_REVIEW
        assert not hasattr(case, "card")
        approve()
    invariants()
    assert Card.objects.count() == count + 2


def test_an_approval_whose_process_is_killed_at_any_step_is_all_or_nothing():
    """F9: the same key again gives one card, whether the first try got through."""
    count = steps_of_an_approval()
    killed = 0

    for step in range(1, count + 1):
        case, approve = the_case()
        killed += killed_at(step, approve)
        approve()
        assert Card.objects.filter(application=case).count() == 1

    assert killed == count
    invariants()


def test_a_worker_killed_at_any_step_of_a_card_leaves_it_to_the_next():
    """F10: drawn, stored and told of exactly once, however often it was killed."""
    factories.card(finished=True)
    card = factories.card()
    count = steps_of(finish_card)
    assert Card.objects.get(pk=card.pk).finished_at

    for step in range(1, count + 1):
        card = factories.card()
        assert killed_at(step, finish_card)
        factories.finish()
        card.refresh_from_db()
        assert card.read_page().startswith(b"%PDF")
        assert Letter.objects.filter(body__contains=card.number).count() == 1
    invariants()


def test_a_worker_killed_at_any_step_of_signing_leaves_one_signed_file(authority):
    """F10 with a certificate: what was signed first and lost is signed once more."""
    head = factories.supervisor(name="Sri Contoh")
    credential = certificates.from_file(authority.file(), PASSPHRASE)
    add_certificate(head, credential=credential)

    def a_card():
        card = factories.card(authorised=False)
        cards.authorise(card, officer=head)
        return card

    a_card()
    for step in range(1, steps_of(finish_card) + 1):
        card = a_card()
        assert killed_at(step, finish_card)
        factories.finish()
        card.refresh_from_db()
        assert card.signature == Signature.ELECTRONIC
        signed = card.read_document()
        assert b"/Type /Sig" in signed or b"/Type/Sig" in signed
        assert Letter.objects.filter(body__contains=card.number).count() == 1
    sweep_card_files()
    invariants()


def test_a_worker_killed_at_any_step_of_a_run_leaves_it_to_the_next():
    def a_run():
        card = factories.card(finished=True)
        head = factories.supervisor()
        return printing.print_cards([card], officer=head, key=uuid.uuid4())

    a_run()
    count = steps_of(assemble_run)

    for step in range(1, count + 1):
        run = a_run()
        assert killed_at(step, assemble_run)
        assert assemble_run()
        run.refresh_from_db()
        assert run.read_file().startswith(b"%PDF")
    assert PrintRun.objects.filter(ready_at=None).count() == 0


@pytest.mark.parametrize(
    "table",
    ["issuance_card", "issuance_step", "issuance_letter", "review_verdict"],
)
def test_an_approval_of_which_one_insert_fails_is_undone(table):
    """F11: no number is lost, and nothing of the act is left."""
    case, approve = the_case()

    with every_insert_fails(table), pytest.raises(DatabaseError):
        review.approve(
            case, officer=case.reviewer.officer, verdicts=factories.fine(case)
        )

    case.refresh_from_db()
    assert (case.status, Card.objects.count()) == (Status.IN_REVIEW, 0)
    assert approve().serial == 1


def test_a_card_of_which_the_letter_fails_is_not_finished():
    """F11 for the worker: the row and the letter are one transaction."""
    card = factories.card()

    with every_insert_fails("issuance_letter"), pytest.raises(DatabaseError):
        finish_card()

    card.refresh_from_db()
    assert card.finished_at is None
    assert finish_card()


def test_a_run_of_which_one_line_fails_is_not_made():
    head = factories.supervisor()
    chosen = [factories.card(finished=True) for _ in range(2)]

    with every_insert_fails("printing_print"), pytest.raises(DatabaseError):
        printing.print_cards(chosen, officer=head, key=uuid.uuid4())

    assert not PrintRun.objects.exists()


def test_an_authorisation_that_raises_at_any_step_vouches_for_nothing():
    head = factories.supervisor()
    one = factories.card(authorised=False)
    count = steps_of(lambda: cards.authorise(one, officer=head))

    for step in range(1, count + 1):
        card = factories.card(authorised=False)
        with pytest.raises((FaultError, DatabaseError)), Steps(step).counted():
            cards.authorise(card, officer=head)
        card = Card.objects.get(pk=card.pk)
        assert (card.authorised_at, card.code) == (None, None)
        cards.authorise(card, officer=head)


def test_the_counting_sees_every_statement():
    """The negative control: an act that fails at no step is not tested at all."""
    with Steps().counted() as steps, connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert steps.count == 1
