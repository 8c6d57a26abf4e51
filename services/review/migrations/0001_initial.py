import ak1portal.tokens
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applicants', '0001_initial'),
        ('issuance', '0001_initial'),
        ('office', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeskNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True)),
                ('name_agrees', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='desk_note', to='issuance.application')),
            ],
            options={
                'verbose_name': 'desk note',
            },
        ),
        migrations.CreateModel(
            name='Earlier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('told_sealed', models.BinaryField()),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='earlier', to='issuance.application')),
            ],
            options={
                'verbose_name': 'earlier answers',
            },
        ),
        migrations.CreateModel(
            name='EarlierPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('kind', models.CharField(max_length=12)),
                ('document', models.CharField(max_length=26)),
                ('sha256', models.BinaryField()),
                ('file', models.CharField(max_length=80)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='review.earlier')),
            ],
            options={
                'verbose_name': 'earlier page',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='StaffNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('text', models.TextField(max_length=1000, verbose_name='note')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_notes', to='applicants.applicant')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.officer')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
            ],
            options={
                'verbose_name': 'note for colleagues',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('approve', 'Approved'), ('send_back', 'Sent back for correction'), ('reject', 'Rejected')], max_length=9)),
                ('verdicts', models.JSONField()),
                ('note', models.TextField(blank=True)),
                ('key', models.UUIDField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('carry_out_at', models.DateTimeField()),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='decision', to='issuance.application')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.officer')),
            ],
            options={
                'verbose_name': 'decision',
                'ordering': ['carry_out_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['approve', 'send_back', 'reject'])), name='decision_act_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=12)),
                ('is_fine', models.BooleanField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='issuance.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'verdict',
                'constraints': [models.UniqueConstraint(fields=('application', 'item'), name='verdict_one_per_item'), models.CheckConstraint(condition=models.Q(('is_fine', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='verdict_against_has_reason')],
            },
        ),
    ]
