import ak1portal.tokens
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
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
            name='Application',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token', models.CharField(default=ak1portal.tokens.new_token, max_length=26, unique=True)),
                ('kind', models.CharField(choices=[('new', 'New card'), ('renewal', 'Renewal'), ('correction', 'Correction of a card')], default='new', max_length=10, verbose_name='kind')),
                ('via', models.CharField(choices=[('online', 'online'), ('desk', 'at the counter')], default='online', max_length=6, verbose_name='handed in')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for an officer'), ('in_review', 'Being checked'), ('returned', 'Sent back for correction'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='status')),
                ('receipt', models.CharField(max_length=12, null=True, unique=True, verbose_name='receipt number')),
                ('lease_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='submitted')),
                ('due_at', models.DateTimeField(null=True, verbose_name='promised by')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='applicants.applicant')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='office.office')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'application',
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token', models.CharField(default=ak1portal.tokens.new_token, max_length=26, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('serial', models.PositiveIntegerField()),
                ('revision', models.PositiveSmallIntegerField(default=1)),
                ('number', models.CharField(max_length=40, verbose_name='registration number')),
                ('number_key', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.text.Upper(models.Func(models.F('number'), models.Value('[^0-9A-Za-z]'), models.Value(''), models.Value('g'), function='REGEXP_REPLACE')), output_field=models.CharField(max_length=40))),
                ('holder_name', models.CharField(max_length=100, verbose_name='name')),
                ('district', models.CharField(blank=True, max_length=6, verbose_name='district')),
                ('issued_on', models.DateField(verbose_name='issued')),
                ('expires_on', models.DateField(verbose_name='valid until')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('printed_sealed', models.BinaryField()),
                ('photo_file', models.CharField(max_length=80)),
                ('logo_file', models.CharField(blank=True, max_length=80)),
                ('authorised_at', models.DateTimeField(null=True, verbose_name='authorised')),
                ('signature', models.CharField(choices=[('wet', 'signed by hand'), ('electronic', 'signed electronically')], default='wet', max_length=10, verbose_name='signature')),
                ('code', models.CharField(max_length=180, null=True, unique=True)),
                ('page_file', models.CharField(blank=True, max_length=80)),
                ('signed_file', models.CharField(blank=True, max_length=80)),
                ('finished_at', models.DateTimeField(null=True)),
                ('finish_attempts', models.PositiveSmallIntegerField(default=0)),
                ('finish_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finish_problem', models.CharField(blank=True, max_length=200)),
                ('needs_print', models.BooleanField(db_default=False, default=False)),
                ('needs_hand_over', models.BooleanField(db_default=False, default=False)),
                ('diploma_due_on', models.DateField(null=True, verbose_name='diploma due')),
                ('diploma_reminded_on', models.DateField(null=True)),
                ('diploma_seen_at', models.DateTimeField(null=True, verbose_name='diploma seen')),
                ('inactive_since', models.DateTimeField(null=True)),
                ('inactive_why', models.CharField(blank=True, choices=[('placed', 'found work'), ('expired', 'the card has ended'), ('lapsed', 'did not report'), ('request', 'asked for it'), ('moved', 'moved away'), ('died', 'died'), ('void', 'the office withdrew the card')], max_length=8)),
                ('replaced_at', models.DateTimeField(null=True, verbose_name='replaced')),
                ('void_asked_at', models.DateTimeField(null=True)),
                ('void_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('voided_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='card', to='issuance.application')),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authorised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diploma_seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='office.office')),
                ('replaced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='issuance.card')),
                ('void_asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'card',
                'ordering': ['created_at'],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='issuance.card'),
        ),
        migrations.CreateModel(
            name='CardSerial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='serials', to='office.office')),
            ],
            options={
                'verbose_name': 'card serial',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, max_length=24)),
                ('channel', models.CharField(choices=[('email', 'e-mail'), ('whatsapp', 'WhatsApp')], default='email', max_length=8, verbose_name='channel')),
                ('to', models.CharField(max_length=254)),
                ('subject', models.CharField(max_length=120)),
                ('body', models.TextField()),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('unknowns', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('sending_since', models.DateTimeField(null=True)),
                ('unreached_at', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=120)),
                ('sent_at', models.DateTimeField(null=True)),
                ('provider_id', models.CharField(blank=True, max_length=100)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='issuance.application')),
            ],
            options={
                'verbose_name': 'letter',
            },
        ),
        migrations.CreateModel(
            name='RegisterEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('registered', 'registered'), ('reported', 'reported'), ('placed', 'placed'), ('removed', 'removed'), ('reactivated', 'reactivated')], max_length=11, verbose_name='event')),
                ('day', models.DateField(verbose_name='day')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('people', models.PositiveIntegerField(default=1)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('birth_date', models.DateField(null=True)),
                ('education', models.CharField(blank=True, max_length=12)),
                ('field_code', models.CharField(blank=True, max_length=4)),
                ('major', models.CharField(blank=True, max_length=100)),
                ('graduation_year', models.PositiveSmallIntegerField(null=True)),
                ('job_group', models.CharField(blank=True, max_length=2)),
                ('sector', models.CharField(blank=True, max_length=1)),
                ('sector_version', models.CharField(blank=True, max_length=4)),
                ('placement', models.CharField(blank=True, max_length=4)),
                ('receiver', models.CharField(blank=True, max_length=2)),
                ('why', models.CharField(blank=True, choices=[('placed', 'found work'), ('expired', 'the card has ended'), ('lapsed', 'did not report'), ('request', 'asked for it'), ('moved', 'moved away'), ('died', 'died'), ('void', 'the office withdrew the card')], max_length=8)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='issuance.card')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register', to='office.office')),
            ],
            options={
                'verbose_name': 'register event',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for an officer'), ('in_review', 'Being checked'), ('returned', 'Sent back for correction'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('to_status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for an officer'), ('in_review', 'Being checked'), ('returned', 'Sent back for correction'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.TextField(blank=True)),
                ('key', models.UUIDField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='issuance.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'step',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=12)),
                ('reason', models.CharField(max_length=500)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='issuance.step')),
            ],
            options={
                'verbose_name': 'correction',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('authorised_at__isnull', False), ('finished_at', None)), fields=['finish_try_at'], name='card_to_finish'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(fields=['office', '-authorised_at'], name='card_by_office'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(fields=['office', '-created_at', '-id'], name='card_newest_first'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('authorised_at', None), ('voided_at', None)), fields=['office', 'created_at', 'id'], name='card_to_authorise'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('needs_print', True)), fields=['office', 'authorised_at', 'id'], name='card_to_print'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('needs_hand_over', True)), fields=['office', 'created_at', 'id'], name='card_to_hand_over'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('void_asked_at__isnull', False), ('voided_at', None)), fields=['office', 'void_asked_at', 'id'], name='card_to_withdraw'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('finish_attempts__gte', 5), ('finished_at', None), ('voided_at', None)), fields=['office', 'created_at', 'id'], name='card_to_look_at'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(fields=['photo_file'], name='card_by_photo_file'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('page_file', ''), _negated=True), fields=['page_file'], name='card_by_page_file'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('signed_file', ''), _negated=True), fields=['signed_file'], name='card_by_signed_file'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('voided_at__isnull', False), ('replaced_at__isnull', False), _connector='OR'), fields=['expires_on'], name='card_withdrawn_or_replaced'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('diploma_due_on__isnull', False), ('diploma_seen_at', None)), fields=['office', 'diploma_due_on'], name='card_owing_diploma'),
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
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('needs_hand_over', False), ('needs_print', False)), models.Q(('authorised_at__isnull', False), ('replaced_at', None), ('voided_at', None)), _connector='OR'), name='card_needs_nothing_unless_it_stands'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on__gt', models.F('issued_on'))), name='card_expires_after_issue'),
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
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('diploma_seen_at', None), ('diploma_seen_by', None)), models.Q(('diploma_seen_at__isnull', False), ('diploma_seen_by__isnull', False)), _connector='OR'), name='card_diploma_seen_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('inactive_since', None), ('inactive_why', '')), models.Q(('inactive_since__isnull', False), models.Q(('inactive_why', ''), _negated=True)), _connector='OR'), name='card_inactive_says_why'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaced_at', None), ('replaced_by', None)), models.Q(('replaced_at__isnull', False), ('replaced_by__isnull', False)), _connector='OR'), name='card_replaced_by_another'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at', None), models.Q(('void_asked_by__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='card_void_has_reason'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['office', 'status', 'due_at'], name='application_queue'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('receipt__isnull', False), ('status__in', ('approved', 'rejected', 'withdrawn'))), fields=['office', '-decided_at', '-id'], name='application_decided'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('receipt__isnull', False), ('status__in', ('approved', 'rejected', 'withdrawn'))), fields=['office', 'kind', '-decided_at', '-id'], name='application_decided_by_kind'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('receipt__isnull', False), ('status__in', ('approved', 'rejected', 'withdrawn'))), fields=['office', 'submitted_at', 'id'], name='application_decided_came_in'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'in_review', 'returned', 'approved', 'rejected', 'withdrawn'])), name='application_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('via__in', ['online', 'desk'])), name='application_via_is_known'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', False), ('kind', 'correction')), models.Q(models.Q(('kind', 'correction'), _negated=True), ('corrects', None)), _connector='OR'), name='application_correction_names_the_card'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_review'), _negated=True), ('reviewer__isnull', False), _connector='OR'), name='application_in_review_has_reviewer'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('submitted', 'in_review')), _negated=True), models.Q(('due_at__isnull', False), ('receipt__isnull', False)), _connector='OR'), name='application_with_office_has_receipt'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('draft', 'returned', 'submitted', 'in_review'))), fields=('applicant',), name='application_one_open_per_applicant'),
        ),
        migrations.AddConstraint(
            model_name='cardserial',
            constraint=models.UniqueConstraint(fields=('office', 'year'), name='serial_one_row_per_office_and_year'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('sent_at', None)), fields=['try_at'], name='letter_due'),
        ),
        migrations.AddIndex(
            model_name='registerevent',
            index=models.Index(fields=['office', 'day', 'kind'], name='event_by_office_day'),
        ),
        migrations.AddConstraint(
            model_name='registerevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['registered', 'reported', 'placed', 'removed', 'reactivated'])), name='event_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='registerevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'removed'), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='event_removal_says_why'),
        ),
        migrations.AddConstraint(
            model_name='registerevent',
            constraint=models.CheckConstraint(condition=models.Q(('card', None), ('people', 1), _connector='OR'), name='event_of_one_card_is_one_person'),
        ),
        migrations.AddConstraint(
            model_name='registerevent',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'registered')), fields=('card',), name='event_registered_once_per_card'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='step_once_per_form'),
        ),
    ]
