"""Cards that were authorised before there was a register are entered in it.

In the order and on the days on which they were authorised, with the answers of today:
nothing older was kept. Withdrawn and renewed ones are closed on the day of it.
"""

from zoneinfo import ZoneInfo

from django.db import migrations

from applicants.codes import EducationLevel


def enter(apps, schema_editor):
    cards = apps.get_model("issuance", "Card").objects
    events = apps.get_model("issuance", "RegisterEvent").objects
    authorised = cards.filter(authorised_at__isnull=False).order_by("authorised_at")
    for card in authorised.select_related("office", "application__applicant"):
        if card.application.kind == "correction" or card.events.exists():
            continue
        zone = ZoneInfo(card.office.time_zone)
        written = {
            "office": card.office,
            "card": card,
            **person(card.application.applicant),
        }
        events.create(
            kind="registered",
            day=card.authorised_at.astimezone(zone).date(),
            by_id=card.authorised_by_id,
            **written,
        )
        same_number = authorised.filter(
            office=card.office, year=card.year, serial=card.serial
        )
        last = same_number.order_by("-revision")[0]
        ended, by = last.voided_at or last.replaced_at, last.voided_by_id
        if ended:
            why = "void" if last.voided_at else "expired"
            day = ended.astimezone(zone).date()
            events.create(kind="removed", why=why, day=day, by_id=by, **written)


def person(applicant):
    rows = list(applicant.educations.all())
    highest = max(
        rows,
        key=lambda row: (EducationLevel(row.level).facts.rank, row.graduated_year),
        default=None,
    )
    return {
        "sex": applicant.sex,
        "birth_date": applicant.birth_date,
        "education": highest.level if highest else "",
        "field_code": highest.field_code if highest else "",
        "major": highest.major if highest else "",
        "graduation_year": highest.graduated_year if highest else None,
        "job_group": applicant.wanted_job_group,
    }


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_initial"),
        ("issuance", "0007_register_is_append_only"),
        ("applicants", "0001_initial"),
    ]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
