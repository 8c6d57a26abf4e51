import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('office', '0001_initial'),
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
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='office.officer')),
            ],
            options={
                'verbose_name': 'certificate',
                'ordering': ['-added_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='certificate_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('officer',), name='certificate_one_in_use')],
            },
        ),
    ]
