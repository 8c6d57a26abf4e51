import ak1portal.tokens
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import services.office.numbering
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('worker', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'heartbeat',
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_code', models.CharField(max_length=4, unique=True, validators=[django.core.validators.RegexValidator('^\\d{4}\\Z', 'Four digits, for example 3301.')], verbose_name='region code')),
                ('is_active', models.BooleanField(default=True, verbose_name='takes applications')),
                ('time_zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=20, verbose_name='time zone')),
                ('government', models.CharField(help_text='First line of the letterhead: PEMERINTAH KABUPATEN …', max_length=80, verbose_name='government')),
                ('name', models.CharField(help_text='Second line of the letterhead: DINAS …', max_length=100, verbose_name='office')),
                ('address', models.CharField(max_length=160, verbose_name='address')),
                ('city', models.CharField(max_length=40, verbose_name='city named before the date')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.CharField(blank=True, max_length=80, verbose_name='website')),
                ('logo', models.CharField(blank=True, max_length=80, verbose_name='coat of arms')),
                ('number_pattern', models.CharField(default='{kode_wilayah:4}{urut:6}{ddmmyy:6}', max_length=80, validators=[services.office.numbering.check_pattern], verbose_name='number pattern')),
                ('layout', models.CharField(choices=[('A', 'A: folded landscape card, two sides'), ('B', 'B: one A4 page, “Formulir AK/I”')], default='A', max_length=1, verbose_name='card layout')),
                ('paper', models.CharField(choices=[('330x120', 'card stock 330 × 120 mm (layout A)'), ('A4', 'A4')], default='330x120', max_length=8, verbose_name='paper')),
                ('yellow_background', models.BooleanField(default=True, verbose_name='print the yellow background (switch off for yellow card stock)')),
                ('report_labels', models.CharField(choices=[('pertama', 'PERTAMA, KEDUA, KETIGA'), ('kesatu', 'Kesatu, Kedua, Ketiga')], default='pertama', max_length=8, verbose_name='report rows')),
                ('signer_title', models.CharField(default='PENGANTAR KERJA', max_length=80, verbose_name='signer’s title')),
                ('signer_name', models.CharField(max_length=80, verbose_name='signer’s name')),
                ('signer_nip', models.CharField(blank=True, max_length=25, verbose_name='signer’s NIP')),
                ('promise_unit', models.CharField(choices=[('days', 'working days'), ('minutes', 'minutes of opening time')], default='days', max_length=7, verbose_name='promise: counted in')),
                ('promise_minutes', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(2400)], verbose_name='promise: minutes of opening time to a decision')),
                ('promise_days', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='promise: working days to a decision')),
                ('required_papers', models.JSONField(blank=True, default=list, verbose_name='papers required beside KTP, diploma and photo')),
                ('minimum_age', models.PositiveSmallIntegerField(default=18, validators=[django.core.validators.MinValueValidator(15), django.core.validators.MaxValueValidator(25)], verbose_name='minimum age')),
                ('residents_only', models.BooleanField(default=False, verbose_name='only for people who live in this regency or city')),
                ('photo_background', models.CharField(choices=[('any', 'any plain background'), ('red', 'red'), ('blue', 'blue')], default='any', max_length=4, verbose_name='photo background')),
                ('one_person_office', models.BooleanField(default=False, verbose_name='whoever approves may also authorise (offices with one person)')),
                ('lapse_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(365)], verbose_name='days after a missed report until the card lapses (empty: never)')),
                ('remind_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days before a report is due on which the holder is reminded')),
                ('lets_others_serve', models.BooleanField(db_default=False, default=False, verbose_name='other offices may serve people who are registered here')),
                ('whatsapp', models.BooleanField(default=False, verbose_name='messages go by WhatsApp too, where the portal has a provider')),
                ('diploma_days', models.PositiveSmallIntegerField(blank=True, default=180, null=True, validators=[django.core.validators.MinValueValidator(14), django.core.validators.MaxValueValidator(730)], verbose_name='days after issue by which a diploma replaces the graduation letter (SKL; empty: not asked)')),
                ('counts_blanks', models.BooleanField(default=False, verbose_name='keeps count of yellow card blanks')),
            ],
            options={
                'verbose_name': 'office',
                'ordering': ['region_code'],
            },
        ),
        migrations.CreateModel(
            name='MessageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='message')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('subject', models.CharField(max_length=120, verbose_name='subject')),
                ('body', models.TextField(max_length=2000, verbose_name='text')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='office.office')),
            ],
            options={
                'verbose_name': 'message text',
                'ordering': ['kind', '-version'],
                'constraints': [models.UniqueConstraint(fields=('office', 'kind', 'version'), name='text_version_once')],
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('act', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=120)),
                ('old', models.TextField(blank=True)),
                ('new', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journal', to='office.office')),
            ],
            options={
                'verbose_name': 'journal entry',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['office', '-at'], name='journal_by_office')],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('name', models.CharField(max_length=80, verbose_name='holiday')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='office.office')),
            ],
            options={
                'verbose_name': 'holiday',
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('office', 'day'), name='holiday_once_per_day', violation_error_message='This day is already a holiday.')],
            },
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('role', models.CharField(choices=[('officer', 'Counter officer'), ('supervisor', 'Supervisor'), ('auditor', 'Auditor'), ('administrator', 'Administrator')], max_length=13, verbose_name='role')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('nip', models.CharField(blank=True, max_length=25, verbose_name='NIP')),
                ('is_active', models.BooleanField(default=True, verbose_name='works here')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='office.office')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='officer', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'officer',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['officer', 'supervisor', 'auditor', 'administrator'])), name='officer_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='OpeningTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(verbose_name='day of the week')),
                ('opens', models.TimeField(verbose_name='opens')),
                ('closes', models.TimeField(verbose_name='closes')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_times', to='office.office')),
            ],
            options={
                'verbose_name': 'opening time',
                'ordering': ['weekday', 'opens'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='opening_time_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='opening_time_is_on_a_weekday')],
            },
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('item', models.CharField(blank=True, max_length=12, verbose_name='about')),
                ('label', models.CharField(max_length=40, verbose_name='short name')),
                ('sentence', models.CharField(max_length=300, verbose_name='what the applicant reads')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='office.office')),
            ],
            options={
                'verbose_name': 'reason',
                'ordering': ['item', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('office', 'item', 'label'), name='reason_once_per_item')],
            },
        ),
    ]
