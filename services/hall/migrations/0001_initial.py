import ak1portal.tokens
import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applicants', '0001_initial'),
        ('office', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('name', models.CharField(max_length=20, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counters', to='office.office')),
            ],
            options={
                'verbose_name': 'counter',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='HallRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gives_tickets', models.BooleanField(default=False, verbose_name='gives queue tickets')),
                ('quota', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='tickets that can be booked for each opening hour')),
                ('days_ahead', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MaxValueValidator(14)], verbose_name='open days ahead that can be booked (0: today only)')),
                ('opens_at', models.TimeField(default=datetime.time(6, 0), verbose_name='time from which a new day can be booked')),
                ('notice', models.CharField(blank=True, max_length=200, verbose_name='notice for the hall')),
                ('screen_token', models.CharField(default=ak1portal.tokens.new_token, max_length=26, unique=True)),
                ('office', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hall_rule', to='office.office')),
            ],
            options={
                'verbose_name': 'rule of the hall',
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('day', models.DateField(verbose_name='day')),
                ('slot', models.TimeField(null=True, verbose_name='hour')),
                ('series', models.CharField(choices=[('A', 'taken at the door'), ('B', 'booked for an hour')], max_length=1)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('purpose', models.CharField(choices=[('new', 'Apply for a new card'), ('renewal', 'Renew a card'), ('collect', 'Collect a card'), ('report', 'Six-monthly report'), ('other', 'Something else')], max_length=7, verbose_name='purpose')),
                ('key', models.UUIDField(null=True, unique=True)),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='taken')),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('called', 'Called'), ('serving', 'At the counter'), ('done', 'Done'), ('missed', 'Did not come'), ('cancelled', 'Given back')], default='waiting', max_length=9, verbose_name='status')),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('first_called_at', models.DateTimeField(null=True)),
                ('called_at', models.DateTimeField(null=True, verbose_name='called')),
                ('served_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('applicant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='applicants.applicant')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('counter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='hall.counter')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='office.office')),
            ],
            options={
                'verbose_name': 'queue ticket',
                'ordering': ['day', 'series', 'number'],
            },
        ),
        migrations.CreateModel(
            name='TicketSerial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('series', models.CharField(choices=[('A', 'taken at the door'), ('B', 'booked for an hour')], max_length=1)),
                ('last', models.PositiveIntegerField(default=0)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
            ],
            options={
                'verbose_name': 'running number of a day',
            },
        ),
        migrations.AddConstraint(
            model_name='counter',
            constraint=models.UniqueConstraint(fields=('office', 'name'), name='counter_name_once_per_office'),
        ),
        migrations.AddConstraint(
            model_name='hallrule',
            constraint=models.CheckConstraint(condition=models.Q(('quota__gte', 1)), name='hall_rule_quota_is_not_zero'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['office', 'day', 'status'], name='ticket_queue'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(fields=('office', 'day', 'series', 'number'), name='ticket_number_once_per_day'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('waiting', 'called', 'serving'))), fields=('applicant', 'day'), name='ticket_one_open_per_person_and_day'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('called', 'serving'))), fields=('counter',), name='ticket_one_at_a_counter'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'called', 'serving', 'done', 'missed', 'cancelled'])), name='ticket_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applicant__isnull', False), ('series', 'B'), ('slot__isnull', False)), models.Q(('applicant', None), ('series', 'A'), ('slot', None)), _connector='OR'), name='ticket_booked_has_hour_and_person'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('called', 'serving', 'done')), _negated=True), models.Q(('called_at__isnull', False), ('counter__isnull', False), ('first_called_at__isnull', False)), _connector='OR'), name='ticket_called_has_counter'),
        ),
        migrations.AddConstraint(
            model_name='ticketserial',
            constraint=models.UniqueConstraint(fields=('office', 'day', 'series'), name='ticket_serial_once_per_day'),
        ),
    ]
