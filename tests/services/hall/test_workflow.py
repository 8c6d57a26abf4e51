from services.hall.workflow import AT_COUNTER, OPEN, TRANSITIONS, Status


def test_every_status_has_its_line():
    assert set(TRANSITIONS) == set(Status)


def test_who_is_served_or_gave_the_number_back_is_called_no_more():
    ends = {status for status in Status if not TRANSITIONS[status]}

    assert ends == {Status.DONE, Status.CANCELLED}


def test_only_who_was_called_stands_at_a_counter():
    before_serving = {s for s in Status if Status.SERVING in TRANSITIONS[s]}

    assert before_serving == {Status.CALLED}
    assert set(AT_COUNTER) < set(OPEN)
