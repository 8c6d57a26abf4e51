import os
import time

import pytest
from django.core.files.storage import default_storage

from services.verification.chores import sweep_photos
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_photo_without_a_report_goes_after_a_day_and_the_others_stay():
    report = factories.forgery_report(with_photo=True)
    orphan = default_storage.write("reports/yatim.jpg", b"x")
    two_days_ago = time.time() - 2 * 86400
    for name in (orphan, report.photo_file):
        os.utime(default_storage.path(name), (two_days_ago, two_days_ago))

    sweep_photos()

    assert not default_storage.exists(orphan)
    assert default_storage.exists(report.photo_file)
