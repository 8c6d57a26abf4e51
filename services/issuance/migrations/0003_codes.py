"""Cards that were authorised before they had a signed record get theirs."""

from django.db import migrations

from services.issuance import record


def give_codes(apps, schema_editor):
    cards = apps.get_model("issuance", "Card").objects.select_related("office")
    for card in cards.filter(authorised_at__isnull=False, code=None):
        card.code = record.write(
            record.Record(
                region=card.office.region_code,
                number=card.number,
                revision=card.revision,
                issued_on=card.issued_on,
                expires_on=card.expires_on,
                name=card.holder_name,
            )
        )
        card.save(update_fields=["code"])
    # Withdrawn by one person then; that person had asked for it too.
    for card in cards.filter(voided_at__isnull=False, void_asked_by=None):
        card.void_asked_at, card.void_asked_by_id = card.voided_at, card.voided_by_id
        card.save(update_fields=["void_asked_at", "void_asked_by"])


class Migration(migrations.Migration):
    dependencies = [("issuance", "0002_life_of_a_card")]

    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]
