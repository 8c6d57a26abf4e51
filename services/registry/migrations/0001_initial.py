import ak1portal.tokens
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('issuance', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('employer', models.CharField(max_length=100, verbose_name='employer')),
                ('sector', models.CharField(max_length=1, verbose_name='sector')),
                ('sector_version', models.CharField(max_length=4)),
                ('job_title', models.CharField(max_length=100, verbose_name='job')),
                ('job_group', models.CharField(max_length=2, verbose_name='job group')),
                ('kind', models.CharField(choices=[('AKL', 'In my own regency or city'), ('AKAD', 'Elsewhere in Indonesia'), ('AKAN', 'Abroad')], max_length=4, verbose_name='where')),
                ('receiver', models.CharField(choices=[('21', 'Government office'), ('22', 'State or regional company (BUMN/BUMD)'), ('23', 'Cooperative'), ('24', 'Private company'), ('25', 'Another kind of business'), ('26', 'A private person')], max_length=2, verbose_name='kind of employer')),
                ('started_on', models.DateField(verbose_name='first day of work')),
                ('placed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('via', models.CharField(choices=[('link', 'by the link in our message'), ('account', 'by the holder, signed in'), ('desk', 'at the counter')], max_length=7)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='issuance.card')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='placement_row', to='issuance.registerevent')),
            ],
            options={
                'verbose_name': 'placement',
                'ordering': ['placed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EmployerReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('key', models.UUIDField(unique=True)),
                ('company', models.CharField(max_length=100, verbose_name='employer')),
                ('contact_sealed', models.BinaryField()),
                ('started_on', models.DateField(verbose_name='first day of work')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('state', models.CharField(choices=[('pending', 'waiting for the holder'), ('confirmed', 'confirmed'), ('refused', 'refused'), ('overtaken', 'settled by something else')], default='pending', max_length=9, verbose_name='state')),
                ('settled_at', models.DateTimeField(null=True)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employer_reports', to='issuance.card')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='employer_report', to='registry.placement')),
            ],
            options={
                'verbose_name': 'report of an employer',
                'ordering': ['made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField(choices=[(1, 'first'), (2, 'second'), (3, 'third')])),
                ('kind', models.CharField(choices=[('due', 'a report is due'), ('lapse', 'the card will lapse')], max_length=5)),
                ('day', models.DateField()),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='issuance.card')),
            ],
            options={
                'verbose_name': 'reminder',
                'ordering': ['day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField(choices=[(1, 'first'), (2, 'second'), (3, 'third')], verbose_name='report')),
                ('due_on', models.DateField(verbose_name='due')),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported')),
                ('via', models.CharField(choices=[('link', 'by the link in our message'), ('account', 'by the holder, signed in'), ('desk', 'at the counter')], max_length=7)),
                ('answer', models.CharField(choices=[('looking', 'still looking for work'), ('hired', 'found work')], max_length=7, verbose_name='answer')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='issuance.card')),
            ],
            options={
                'verbose_name': 'report',
                'ordering': ['ordinal'],
            },
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('card',), name='placement_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='employerreport',
            constraint=models.UniqueConstraint(models.F('card'), django.db.models.functions.text.Lower('company'), condition=models.Q(('state', 'pending')), name='employer_report_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='employerreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='employer_report_settled_at_some_time'),
        ),
        migrations.AddConstraint(
            model_name='employerreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('placement__isnull', False), ('state', 'confirmed')), models.Q(models.Q(('state', 'confirmed'), _negated=True), ('placement', None)), _connector='OR'), name='employer_report_confirmed_is_a_placement'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('card', 'ordinal', 'kind'), name='reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('card', 'ordinal'), name='report_once_per_card'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('ordinal__in', [1, 2, 3])), name='report_is_one_of_three'),
        ),
    ]
