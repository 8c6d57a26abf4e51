from django.db import migrations, models

from services.office.reasons import STARTING


def begin_with_reasons(apps, schema_editor):
    """Offices that were there before there were reasons get the first set too."""
    Office = apps.get_model("office", "Office")
    Reason = apps.get_model("office", "Reason")
    for office in Office.objects.filter(reasons=None):
        Reason.objects.bulk_create(
            Reason(
                office=office,
                item=item,
                label=label,
                sentence=sentence,
                position=place,
            )
            for place, (item, label, sentence) in enumerate(STARTING)
        )


class Migration(migrations.Migration):

    dependencies = [
        ("office", "0004_reasons"),
    ]

    operations = [
        migrations.AddField(
            model_name="office",
            name="required_papers",
            field=models.JSONField(
                blank=True,
                default=list,
                verbose_name="papers required beside KTP, diploma and photo",
            ),
        ),
        migrations.RunPython(begin_with_reasons, migrations.RunPython.noop),
    ]
