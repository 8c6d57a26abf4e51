"""What a card is after it was issued: revisions, files, replacement, withdrawal."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('applicants', '0001_initial'),
        ('issuance', '0001_initial'),
        ('office', '0002_office_counts_blanks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=200, verbose_name='issued to')),
                ('issuer', models.CharField(max_length=200, verbose_name='issued by')),
                ('fingerprint', models.CharField(max_length=64)),
                ('valid_from', models.DateTimeField(verbose_name='valid from')),
                ('valid_until', models.DateTimeField(verbose_name='valid until')),
                ('key_sealed', models.BinaryField(default=b'')),
                ('token_label', models.CharField(blank=True, max_length=60, verbose_name='label on the token')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('removed_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'certificate',
                'ordering': ['-added_at'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='card',
            name='card_serial_is_used_once',
        ),
        migrations.RemoveConstraint(
            model_name='card',
            name='card_authorised_by_somebody',
        ),
        migrations.RemoveConstraint(
            model_name='card',
            name='card_handed_over_only_when_authorised',
        ),
        migrations.RemoveConstraint(
            model_name='card',
            name='card_void_has_reason',
        ),
        migrations.AddField(
            model_name='application',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='issuance.card'),
        ),
        migrations.AddField(
            model_name='card',
            name='code',
            field=models.CharField(max_length=180, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='card',
            name='district',
            field=models.CharField(blank=True, max_length=6, verbose_name='district'),
        ),
        migrations.AddField(
            model_name='card',
            name='finish_attempts',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='card',
            name='finish_problem',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='card',
            name='finish_try_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='card',
            name='finished_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='card',
            name='page_file',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='card',
            name='replaced_at',
            field=models.DateTimeField(null=True, verbose_name='replaced'),
        ),
        migrations.AddField(
            model_name='card',
            name='replaced_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='issuance.card'),
        ),
        migrations.AddField(
            model_name='card',
            name='revision',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='card',
            name='signature',
            field=models.CharField(choices=[('wet', 'signed by hand'), ('electronic', 'signed electronically')], default='wet', max_length=10, verbose_name='signature'),
        ),
        migrations.AddField(
            model_name='card',
            name='signed_file',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='card',
            name='void_asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='card',
            name='void_asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='application',
            name='kind',
            field=models.CharField(choices=[('new', 'New card'), ('renewal', 'Renewal'), ('correction', 'Correction of a card')], default='new', max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='card',
            name='number',
            field=models.CharField(max_length=40, verbose_name='registration number'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('authorised_at__isnull', False), ('finished_at', None)), fields=['finish_try_at'], name='card_to_finish'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(fields=['office', '-authorised_at'], name='card_by_office'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', False), ('kind', 'correction')), models.Q(models.Q(('kind', 'correction'), _negated=True), ('corrects', None)), _connector='OR'), name='application_correction_names_the_card'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='office.officer'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='certificate_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('officer',), name='certificate_one_in_use'),
        ),
    ]
