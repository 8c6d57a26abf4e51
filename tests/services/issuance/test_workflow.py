from services.issuance.workflow import OPEN, TRANSITIONS, Status


def test_every_status_stands_in_the_table():
    assert set(TRANSITIONS) == set(Status)


def test_only_open_statuses_lead_anywhere():
    assert {status for status in Status if TRANSITIONS[status]} == set(OPEN)


def test_every_status_but_the_first_can_be_reached():
    reached = {target for targets in TRANSITIONS.values() for target in targets}

    assert reached == set(Status) - {Status.DRAFT}
