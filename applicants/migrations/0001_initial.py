import ak1portal.tokens
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(error_messages={'unique': 'Please use another e-mail address.'}, max_length=254, unique=True, verbose_name='e-mail address')),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'user',
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
            ],
            options={
                'verbose_name': 'region',
            },
        ),
        migrations.CreateModel(
            name='Applicant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('nik_sealed', models.BinaryField()),
                ('nik_index', models.BinaryField()),
                ('nik_proven_at', models.DateTimeField(null=True)),
                ('name', models.CharField(max_length=100, verbose_name='full name')),
                ('name_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower(django.db.models.functions.text.Trim(models.Func(models.Func(models.F('name'), models.Value("àáâãäåāçćčèéêëēìíîïīñńòóôõöøōùúûüūýÿšžÀÁÂÃÄÅĀÇĆČÈÉÊËĒÌÍÎÏĪÑŃÒÓÔÕÖØŌÙÚÛÜŪÝŸŠŽ-‐‑‒–—.,'’‘‛ʻʼʽʾʿ′`´"), models.Value('aaaaaaaccceeeeeiiiiinnooooooouuuuuyyszAAAAAAACCCEEEEEIIIIINNOOOOOOOUUUUUYYSZ        '), function='TRANSLATE'), models.Value(' +'), models.Value(' '), models.Value('g'), function='REGEXP_REPLACE'))), output_field=models.CharField(max_length=100))),
                ('birth_place', models.CharField(max_length=60, verbose_name='place of birth')),
                ('birth_date', models.DateField(verbose_name='date of birth')),
                ('sex', models.CharField(choices=[('L', 'Male'), ('P', 'Female')], max_length=1, verbose_name='sex')),
                ('marital_status', models.CharField(blank=True, choices=[('1', 'Not married'), ('2', 'Married'), ('3', 'Divorced'), ('4', 'Widowed')], max_length=1, verbose_name='marital status')),
                ('religion', models.CharField(blank=True, choices=[('1', 'Islam'), ('2', 'Christian (Protestant)'), ('3', 'Catholic'), ('4', 'Hindu'), ('5', 'Buddhist'), ('6', 'Confucian'), ('7', 'Belief in the One Almighty God')], max_length=1, verbose_name='religion')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='mobile phone')),
                ('height_cm', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(60), django.core.validators.MaxValueValidator(250)], verbose_name='height')),
                ('weight_kg', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(20), django.core.validators.MaxValueValidator(300)], verbose_name='weight')),
                ('is_employed', models.BooleanField(null=True, verbose_name='working now')),
                ('disability', models.CharField(blank=True, choices=[('fisik', 'Physical'), ('netra', 'Sight'), ('rungu', 'Hearing'), ('wicara', 'Speech'), ('rungu_wicara', 'Hearing and speech'), ('intelektual', 'Intellectual'), ('mental', 'Mental'), ('ganda', 'More than one of these')], max_length=20, verbose_name='disability')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='street and number')),
                ('rt', models.CharField(blank=True, max_length=3, verbose_name='RT')),
                ('rw', models.CharField(blank=True, max_length=3, verbose_name='RW')),
                ('postal_code', models.CharField(blank=True, max_length=5, verbose_name='postal code')),
                ('has_no_training', models.BooleanField(default=False)),
                ('has_no_language', models.BooleanField(default=False)),
                ('has_no_experience', models.BooleanField(default=False)),
                ('wanted_job', models.CharField(blank=True, max_length=100, verbose_name='job wanted')),
                ('wanted_job_group', models.CharField(blank=True, max_length=2, verbose_name='job group')),
                ('wanted_places', models.JSONField(blank=True, default=list, verbose_name='where')),
                ('wanted_wage', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(100000), django.core.validators.MaxValueValidator(500000000)], verbose_name='wage wanted, rupiah a month')),
                ('held_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('user', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applicant', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applicants.region', verbose_name='village')),
            ],
            options={
                'verbose_name': 'job seeker',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('disability', 'disability'), ('desk', 'application at the counter')], max_length=12)),
                ('wording', models.TextField()),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='applicants.applicant')),
            ],
            options={
                'verbose_name': 'consent',
                'ordering': ['given_at'],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('ktp', 'Identity card (KTP)'), ('ijazah', 'Diploma (ijazah)'), ('skl', 'Graduation letter (SKL)'), ('foto', 'Photo 3×4'), ('kk', 'Family card (KK)'), ('sertifikat', 'Skill certificate'), ('pengalaman', 'Work experience letter')], max_length=12, verbose_name='document')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('crop', models.JSONField(null=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='applicants.applicant')),
            ],
            options={
                'verbose_name': 'document',
                'ordering': ['uploaded_at'],
            },
        ),
        migrations.CreateModel(
            name='DocumentPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('file', models.CharField(max_length=80)),
                ('sha256', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='applicants.document')),
            ],
            options={
                'verbose_name': 'page',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Education',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('level', models.CharField(choices=[('tidak_sd', 'Primary school not finished'), ('sd', 'Primary school (SD/MI/Paket A)'), ('smp', 'Junior secondary school (SMP/MTs/Paket B)'), ('sma', 'Senior secondary school (SMA/MA/Paket C)'), ('smk', 'Vocational secondary school (SMK/MAK)'), ('d1', 'Diploma I'), ('akta1', 'Akta I'), ('d2', 'Diploma II'), ('akta2', 'Akta II'), ('d3', 'Diploma III'), ('akta3', 'Akta III'), ('d4', 'Diploma IV'), ('akta4', 'Akta IV'), ('s1', 'Bachelor (S1)'), ('profesi', 'Professional programme (Profesi)'), ('spesialis', 'Specialist programme (Spesialis)'), ('s2', 'Master (S2)'), ('s3', 'Doctorate (S3)')], max_length=12, verbose_name='level')),
                ('field_code', models.CharField(blank=True, max_length=4, verbose_name='field')),
                ('school', models.CharField(max_length=100, verbose_name='school or university')),
                ('major', models.CharField(blank=True, max_length=80, verbose_name='major')),
                ('entered_year', models.PositiveSmallIntegerField(null=True, verbose_name='year you started')),
                ('graduated_year', models.PositiveSmallIntegerField(verbose_name='year you finished')),
                ('grade', models.CharField(blank=True, max_length=10, verbose_name='final mark or GPA')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='applicants.applicant')),
            ],
            options={
                'verbose_name': 'education',
                'ordering': ['graduated_year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Experience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('position', models.CharField(max_length=80, verbose_name='position')),
                ('employer', models.CharField(max_length=100, verbose_name='employer')),
                ('duties', models.CharField(blank=True, max_length=300, verbose_name='what you did')),
                ('started_year', models.PositiveSmallIntegerField(verbose_name='year you started')),
                ('ended_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year you left')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='applicants.applicant')),
            ],
            options={
                'verbose_name': 'work experience',
                'ordering': ['started_year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Language',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('name', models.CharField(max_length=40, verbose_name='language')),
                ('mastery', models.CharField(choices=[('dasar', 'A little'), ('menengah', 'Enough for daily work'), ('mahir', 'Fluent')], max_length=10, verbose_name='how well')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='applicants.applicant')),
            ],
            options={
                'verbose_name': 'language',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='NikConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nik_index', models.BinaryField()),
                ('birth_date', models.DateField()),
                ('sex', models.CharField(choices=[('L', 'Male'), ('P', 'Female')], max_length=1)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nik_confirmations', to='applicants.applicant')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'confirmed NIK',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=ak1portal.tokens.new_token, editable=False, max_length=26, unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='skill or course')),
                ('provider', models.CharField(blank=True, max_length=80, verbose_name='where learned')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='applicants.applicant')),
            ],
            options={
                'verbose_name': 'skill',
                'ordering': ['year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ClaimCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_index', models.BinaryField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claim_codes', to='applicants.applicant')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'claim code',
                'ordering': ['made_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('used_at', None), ('used_by', None)), models.Q(('used_at__isnull', False), ('used_by__isnull', False)), _connector='OR'), name='claim_code_used_by_somebody')],
            },
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('sertifikat', 'pengalaman')), _negated=True), fields=('applicant', 'kind'), name='document_one_of_each_kind'),
        ),
        migrations.AddIndex(
            model_name='documentpage',
            index=models.Index(fields=['file'], name='page_by_file'),
        ),
        migrations.AddConstraint(
            model_name='documentpage',
            constraint=models.UniqueConstraint(fields=('document', 'position'), name='page_position_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='language',
            constraint=models.UniqueConstraint(fields=('applicant', 'name'), name='language_once_per_applicant', violation_error_message='This language is already in your list.'),
        ),
        migrations.AddIndex(
            model_name='applicant',
            index=models.Index(fields=['nik_index'], name='applicant_nik_index'),
        ),
        migrations.AddIndex(
            model_name='applicant',
            index=models.Index(fields=['birth_date', 'name'], name='applicant_birth_name'),
        ),
        migrations.AddIndex(
            model_name='applicant',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('name_key', config='simple'), fastupdate=False, name='applicant_words'),
        ),
        migrations.AddConstraint(
            model_name='applicant',
            constraint=models.UniqueConstraint(condition=models.Q(('nik_proven_at__isnull', False)), fields=('nik_index',), name='applicant_proven_nik_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='applicant',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ['L', 'P'])), name='applicant_sex_is_known'),
        ),
    ]
