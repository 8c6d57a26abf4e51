import ak1portal.tokens
import django.core.validators
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
            name='Printer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, max_length=26, unique=True)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('paper', models.CharField(choices=[('330x120', 'card stock 330 × 120 mm (layout A)'), ('A4', 'A4')], max_length=8, verbose_name='paper')),
                ('stock', models.CharField(choices=[('plain', 'plain paper: the yellow ground is printed'), ('yellow', 'yellow stock: the ground is left out')], default='plain', max_length=6, verbose_name='stock')),
                ('tray_note', models.CharField(blank=True, max_length=120, verbose_name='tray and how to lay in')),
                ('flip', models.CharField(choices=[('long', 'long edge'), ('short', 'short edge')], default='short', max_length=5, verbose_name='turns two-sided sheets on the')),
                ('front_x', models.SmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(-100), django.core.validators.MaxValueValidator(100)], verbose_name='front, to the right (0.1 mm)')),
                ('front_y', models.SmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(-100), django.core.validators.MaxValueValidator(100)], verbose_name='front, down (0.1 mm)')),
                ('back_x', models.SmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(-100), django.core.validators.MaxValueValidator(100)], verbose_name='back, to the right (0.1 mm)')),
                ('back_y', models.SmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(-100), django.core.validators.MaxValueValidator(100)], verbose_name='back, down (0.1 mm)')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='printers', to='office.office')),
            ],
            options={
                'verbose_name': 'printer',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='PrintRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, max_length=26, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(unique=True)),
                ('set_up', models.JSONField(default=dict)),
                ('file', models.CharField(blank=True, max_length=80)),
                ('ready_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('closed_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='print_runs', to='office.office')),
                ('printer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='print_runs', to='printing.printer')),
            ],
            options={
                'verbose_name': 'print run',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Print',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('position', models.PositiveSmallIntegerField()),
                ('copy', models.PositiveSmallIntegerField(default=1)),
                ('sheets', models.PositiveSmallIntegerField(default=1)),
                ('page_file', models.CharField(blank=True, max_length=80)),
                ('outcome', models.CharField(blank=True, choices=[('good', 'good'), ('spoiled', 'spoiled'), ('left_out', 'left out')], default='', max_length=8, verbose_name='result')),
                ('outcome_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('handed_over_at', models.DateTimeField(null=True, verbose_name='handed over')),
                ('handed_over_to', models.CharField(blank=True, max_length=100, verbose_name='handed over to')),
                ('identity_seen', models.CharField(blank=True, max_length=60, verbose_name='identity seen')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prints', to='issuance.card')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handed_over_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='prints', to='office.office')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prints', to='printing.printrun')),
            ],
            options={
                'verbose_name': 'print',
                'ordering': ['run', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Reprint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('lost', 'lost'), ('damaged', 'damaged'), ('misprint', 'misprint')], max_length=8, verbose_name='reason')),
                ('police_letter', models.CharField(blank=True, max_length=60, verbose_name='number of the police letter')),
                ('letter_file', models.CharField(blank=True, max_length=80)),
                ('old_card_returned', models.BooleanField(verbose_name='the old card was returned')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reprint', to='printing.print')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reprints', to='issuance.card')),
            ],
            options={
                'verbose_name': 'reprint',
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='StockEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('movement', models.CharField(choices=[('received', 'received'), ('used', 'used'), ('spoiled', 'spoiled'), ('counted', 'difference found by counting')], max_length=8, verbose_name='movement')),
                ('sheets', models.IntegerField(verbose_name='sheets')),
                ('counted', models.PositiveIntegerField(null=True, verbose_name='counted')),
                ('key', models.UUIDField(null=True, unique=True)),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stock', to='office.office')),
                ('print', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stock_entries', to='printing.print')),
            ],
            options={
                'verbose_name': 'stock entry',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='printer',
            constraint=models.UniqueConstraint(fields=('office', 'name'), name='printer_name_once_per_office', violation_error_message='A printer of this name exists already.'),
        ),
        migrations.AddIndex(
            model_name='printrun',
            index=models.Index(fields=['office', '-at'], name='print_run_newest_first'),
        ),
        migrations.AddIndex(
            model_name='printrun',
            index=models.Index(models.F('office'), models.OrderBy(models.F('closed_at'), descending=True, nulls_first=True), models.OrderBy(models.F('at'), descending=True), name='print_run_open_first'),
        ),
        migrations.AddIndex(
            model_name='printrun',
            index=models.Index(fields=['by', 'printer', '-at'], name='print_run_by_officer'),
        ),
        migrations.AddConstraint(
            model_name='printrun',
            constraint=models.CheckConstraint(condition=models.Q(('ready_at', None), ('closed_at__isnull', False), models.Q(('file', ''), _negated=True), _connector='OR'), name='print_run_ready_has_file'),
        ),
        migrations.AddIndex(
            model_name='print',
            index=models.Index(fields=['run', 'position'], name='print_in_run'),
        ),
        migrations.AddIndex(
            model_name='print',
            index=models.Index(fields=['office', '-at', 'position'], name='print_newest_first'),
        ),
        migrations.AddIndex(
            model_name='print',
            index=models.Index(condition=models.Q(('outcome', 'good'), _negated=True), fields=['office', '-at', 'position'], name='print_not_good'),
        ),
        migrations.AddIndex(
            model_name='print',
            index=models.Index(condition=models.Q(('page_file', ''), _negated=True), fields=['page_file'], name='print_by_page_file'),
        ),
        migrations.AddConstraint(
            model_name='print',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome__in', ['', 'good'])), fields=('card', 'copy'), name='print_copy_once'),
        ),
        migrations.AddConstraint(
            model_name='print',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('card',), name='print_card_in_one_open_run'),
        ),
        migrations.AddConstraint(
            model_name='print',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'good']), models.Q(('outcome_reason', ''), _negated=True), _connector='OR'), name='print_spoiled_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='print',
            constraint=models.CheckConstraint(condition=models.Q(('handed_over_at', None), ('outcome', 'good'), _connector='OR'), name='print_handed_over_only_when_good'),
        ),
        migrations.AddConstraint(
            model_name='reprint',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_by', None)), fields=('card',), name='reprint_one_open_per_card'),
        ),
        migrations.AddConstraint(
            model_name='reprint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', 'lost'), _negated=True), models.Q(models.Q(('police_letter', ''), _negated=True), models.Q(('letter_file', ''), _negated=True)), _connector='OR'), name='reprint_lost_has_police_letter'),
        ),
        migrations.AddConstraint(
            model_name='reprint',
            constraint=models.CheckConstraint(condition=models.Q(('reason', 'lost'), ('old_card_returned', True), _connector='OR'), name='reprint_damaged_has_old_card'),
        ),
        migrations.AddIndex(
            model_name='stockentry',
            index=models.Index(fields=['office', '-at'], name='stock_by_office'),
        ),
        migrations.AddConstraint(
            model_name='stockentry',
            constraint=models.UniqueConstraint(fields=('print', 'movement'), name='stock_moves_once_per_print'),
        ),
        migrations.AddConstraint(
            model_name='stockentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('movement', 'received'), ('sheets__gt', 0)), models.Q(('movement__in', ['used', 'spoiled']), ('sheets__lt', 0)), models.Q(('counted__isnull', False), ('movement', 'counted')), _connector='OR'), name='stock_sheets_have_the_right_sign'),
        ),
    ]
