"""Print runs that were made before the print room kept them, and who collected."""

from django.db import migrations


def move(apps, schema_editor):
    old_runs = apps.get_model("issuance", "PrintRun").objects.order_by("pk")
    runs = apps.get_model("printing", "PrintRun").objects
    prints = apps.get_model("printing", "Print").objects
    old_prints = apps.get_model("issuance", "CardPrint").objects
    for old in old_runs:
        run = runs.create(
            token=old.token,
            office_id=old.office_id,
            by_id=old.by_id,
            at=old.at,
            key=old.key,
            ready_at=old.at,
            closed_at=old.at,
        )
        for line in old_prints.filter(run=old).select_related("card"):
            prints.create(
                run=run,
                card_id=line.card_id,
                position=line.position,
                copy=line.copy,
                outcome="good",
                confirmed_at=old.at,
                confirmed_by_id=old.by_id,
            )
    for card in apps.get_model("issuance", "Card").objects.exclude(handed_over_at=None):
        line = prints.filter(card_id=card.pk).order_by("-copy").first()
        if line is None:
            continue
        line.handed_over_at = card.handed_over_at
        line.handed_over_by_id = card.handed_over_by_id
        line.handed_over_to = card.handed_over_to
        line.identity_seen = card.identity_seen
        line.save()


class Migration(migrations.Migration):
    dependencies = [
        ("printing", "0001_initial"),
        ("issuance", "0003_codes"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
