import ak1portal.tokens
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('issuance', '0001_initial'),
        ('office', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ForgeryReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('reference', models.CharField(default=ak1portal.tokens.new_receipt, editable=False, max_length=12, unique=True, verbose_name='reference')),
                ('key', models.UUIDField(unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('told_sealed', models.BinaryField()),
                ('photo_file', models.CharField(blank=True, max_length=80)),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='note')),
                ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='forgery_reports', to='issuance.card')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forgery_reports', to='office.office')),
            ],
            options={
                'verbose_name': 'forgery report',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['office', '-at'], name='forgery_by_office')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('note', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='forgery_closed_says_who_and_what')],
            },
        ),
    ]
