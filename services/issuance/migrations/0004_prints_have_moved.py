"""Prints stand in the print room now; what a card can never be."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('issuance', '0003_codes'),
        ('printing', '0002_earlier_prints'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='cardprint',
            name='card',
        ),
        migrations.RemoveField(
            model_name='cardprint',
            name='run',
        ),
        migrations.RemoveField(
            model_name='printrun',
            name='by',
        ),
        migrations.RemoveField(
            model_name='printrun',
            name='office',
        ),
        migrations.RemoveField(
            model_name='card',
            name='handed_over_at',
        ),
        migrations.RemoveField(
            model_name='card',
            name='handed_over_by',
        ),
        migrations.RemoveField(
            model_name='card',
            name='handed_over_to',
        ),
        migrations.RemoveField(
            model_name='card',
            name='identity_seen',
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(fields=('office', 'year', 'serial', 'revision'), name='card_serial_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(fields=('number', 'revision'), name='card_number_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authorised_at', None), ('authorised_by', None), ('code', None)), models.Q(('authorised_at__isnull', False), ('authorised_by__isnull', False), ('code__isnull', False)), _connector='OR'), name='card_authorised_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('finished_at', None), models.Q(models.Q(('page_file', ''), _negated=True), models.Q(('signature', 'wet'), models.Q(('signed_file', ''), _negated=True), _connector='OR')), _connector='OR'), name='card_finished_has_its_files'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaced_at', None), ('replaced_by', None)), models.Q(('replaced_at__isnull', False), ('replaced_by__isnull', False)), _connector='OR'), name='card_replaced_by_another'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at', None), models.Q(('void_asked_by__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='card_void_has_reason'),
        ),
        migrations.DeleteModel(
            name='CardPrint',
        ),
        migrations.DeleteModel(
            name='PrintRun',
        ),
    ]
