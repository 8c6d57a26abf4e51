"""The person who looks for work, and what they tell about themselves.

A person belongs to no office: an application is made to one (services.issuance). What
an office demands of an application is asked there; here stands what a person is.
"""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ak1portal.sealed import blind_index, default_storage, seal, unseal
from ak1portal.text import ACCENTED, APOSTROPHES, BREAKS, PLAIN
from ak1portal.tokens import new_token
from applicants import nik
from applicants.codes import (
    DisabilityType,
    EducationLevel,
    LanguageMastery,
    MaritalStatus,
    PlacementKind,
    Religion,
    Sex,
)


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **facts) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)  # type: ignore[attr-defined]
        user.save(using=self._db)
        return user  # type: ignore[return-value]


class User(AbstractBaseUser):
    """A key to the door: an e-mail address and a password, nothing about the person."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Please use another e-mail address.")},
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")

    def __str__(self):
        return self.email


class Region(models.Model):
    """Province (2 digits), regency or city (4), district (6), village (10)."""

    code = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("region")

    def __str__(self):
        return self.name


class Applicant(models.Model):
    """One person (pencari kerja). The NIK is sealed; `nik` opens it.

    Two accounts may claim one NIK until an officer has seen the identity card; only
    then is it proven, and proven NIK are unique. Refusing the second claim at once
    would tell an outsider who is registered, and let a stranger lock the owner out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="applicant"
    )
    nik_sealed = models.BinaryField()
    nik_index = models.BinaryField()
    nik_proven_at = models.DateTimeField(null=True)

    name = models.CharField(_("full name"), max_length=100)
    # The name as it is searched and compared: ak1portal.text.name_key, in SQL.
    name_key = models.GeneratedField(
        expression=Lower(
            Trim(
                Func(
                    Func(
                        F("name"),
                        models.Value(ACCENTED + BREAKS + APOSTROPHES),
                        models.Value(PLAIN + " " * len(BREAKS)),
                        function="TRANSLATE",
                    ),
                    models.Value(" +"),
                    models.Value(" "),
                    models.Value("g"),
                    function="REGEXP_REPLACE",
                )
            )
        ),
        output_field=models.CharField(max_length=100),
        db_persist=True,
    )
    birth_place = models.CharField(_("place of birth"), max_length=60)
    birth_date = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)

    marital_status = models.CharField(
        _("marital status"), max_length=1, choices=MaritalStatus, blank=True
    )
    religion = models.CharField(
        _("religion"), max_length=1, choices=Religion, blank=True
    )
    phone = models.CharField(_("mobile phone"), max_length=16, blank=True)
    height_cm = models.PositiveSmallIntegerField(
        _("height"),
        null=True,
        blank=True,
        validators=[MinValueValidator(60), MaxValueValidator(250)],
    )
    weight_kg = models.PositiveSmallIntegerField(
        _("weight"),
        null=True,
        blank=True,
        validators=[MinValueValidator(20), MaxValueValidator(300)],
    )
    is_employed = models.BooleanField(_("working now"), null=True)
    disability = models.CharField(
        _("disability"), max_length=20, choices=DisabilityType, blank=True
    )

    street = models.CharField(_("street and number"), max_length=120, blank=True)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    village = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name=_("village")
    )
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)

    has_no_training = models.BooleanField(default=False)
    has_no_language = models.BooleanField(default=False)
    has_no_experience = models.BooleanField(default=False)

    wanted_job = models.CharField(_("job wanted"), max_length=100, blank=True)
    wanted_job_group = models.CharField(_("job group"), max_length=2, blank=True)
    wanted_places = models.JSONField(_("where"), default=list, blank=True)
    wanted_wage = models.PositiveIntegerField(
        _("wage wanted, rupiah a month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(100_000), MaxValueValidator(500_000_000)],
    )

    # While an office reads the answers they stand still (written by issuance).
    held_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("job seeker")
        indexes = [
            models.Index(fields=["nik_index"], name="applicant_nik_index"),
            models.Index(fields=["birth_date", "name"], name="applicant_birth_name"),
            # A word of a name by its beginning. Without the list of pending entries,
            # which every search would read from end to end.
            GinIndex(
                SearchVector("name_key", config="simple"),
                name="applicant_words",
                fastupdate=False,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["nik_index"],
                name="applicant_proven_nik_is_unique",
                condition=Q(nik_proven_at__isnull=False),
            ),
            models.CheckConstraint(
                name="applicant_sex_is_known", condition=Q(sex__in=Sex.values)
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def nik(self) -> str:
        return unseal(self.nik_sealed, f"applicant.nik|{self.pk}").decode()

    @nik.setter
    def nik(self, digits: str) -> None:
        self.nik_sealed = seal(digits.encode(), f"applicant.nik|{self.pk}")
        self.nik_index = nik_index(digits)

    @property
    def nik_grouped(self) -> str:
        return nik.grouped(self.nik)

    @property
    def nik_masked(self) -> str:
        return nik.masked(self.nik)

    @property
    def nik_doubts(self) -> list[str]:
        """What the digits of the NIK seem to say otherwise, as codes of nik.doubts."""
        return nik.doubts(self.nik, birth_date=self.birth_date, sex=self.sex)

    @property
    def wanted_place_labels(self) -> list[str]:
        return [str(PlacementKind(code).label) for code in self.wanted_places]

    def age_on(self, day: date) -> int:
        """Full years on `day`."""
        birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - birthday

    def lock(self):
        """Read this row again and hold it until the transaction ends."""
        self.refresh_from_db(from_queryset=Applicant.objects.select_for_update())


def nik_index(digits: str) -> bytes:
    """What finds a NIK without opening any."""
    return blind_index(digits, "nik")


class Entry(models.Model):
    """One of the things a person may have several of; named outside by its token."""

    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class Education(Entry):
    """One school or study (pendidikan formal), finished or certified by an SKL."""

    level = models.CharField(_("level"), max_length=12, choices=EducationLevel)
    field_code = models.CharField(_("field"), max_length=4, blank=True)
    school = models.CharField(_("school or university"), max_length=100)
    major = models.CharField(_("major"), max_length=80, blank=True)
    entered_year = models.PositiveSmallIntegerField(_("year you started"), null=True)
    graduated_year = models.PositiveSmallIntegerField(_("year you finished"))
    grade = models.CharField(_("final mark or GPA"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("education")
        ordering = ["graduated_year", "pk"]

    def __str__(self):
        return f"{self.get_level_display()} {self.school}"


class Training(Entry):
    """A skill or course (keterampilan/kursus)."""

    name = models.CharField(_("skill or course"), max_length=80)
    provider = models.CharField(_("where learned"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        verbose_name = _("skill")
        ordering = ["year", "pk"]

    def __str__(self):
        return self.name


class Language(Entry):
    """A language beside Indonesian (bahasa asing yang dikuasai)."""

    name = models.CharField(_("language"), max_length=40)
    mastery = models.CharField(_("how well"), max_length=10, choices=LanguageMastery)

    class Meta:
        verbose_name = _("language")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "name"],
                name="language_once_per_applicant",
                violation_error_message=_("This language is already in your list."),
            )
        ]

    def __str__(self):
        return self.name


class Experience(Entry):
    """One job held (pengalaman kerja). No end year: still there, which bars nobody."""

    position = models.CharField(_("position"), max_length=80)
    employer = models.CharField(_("employer"), max_length=100)
    duties = models.CharField(_("what you did"), max_length=300, blank=True)
    started_year = models.PositiveSmallIntegerField(_("year you started"))
    ended_year = models.PositiveSmallIntegerField(
        _("year you left"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("work experience")
        ordering = ["started_year", "pk"]

    def __str__(self):
        return f"{self.position}, {self.employer}"


class DocumentKind(models.TextChoices):
    KTP = "ktp", _("Identity card (KTP)")
    DIPLOMA = "ijazah", _("Diploma (ijazah)")
    SKL = "skl", _("Graduation letter (SKL)")
    PHOTO = "foto", _("Photo 3×4")
    FAMILY_CARD = "kk", _("Family card (KK)")
    CERTIFICATE = "sertifikat", _("Skill certificate")
    EXPERIENCE_LETTER = "pengalaman", _("Work experience letter")


MANY_ALLOWED = (DocumentKind.CERTIFICATE, DocumentKind.EXPERIENCE_LETTER)


class Document(models.Model):
    """One paper of a person, as cleaned pictures; the file that came is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="documents")
    kind = models.CharField(_("document"), max_length=12, choices=DocumentKind)
    token = models.CharField(
        max_length=26, unique=True, default=new_token, editable=False
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    # Only a photo is cropped: in pixels of its one page.
    crop = models.JSONField(null=True)

    class Meta:
        verbose_name = _("document")
        ordering = ["uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "kind"],
                name="document_one_of_each_kind",
                condition=~Q(kind__in=MANY_ALLOWED),
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class DocumentPage(models.Model):
    """A JPEG in the sealed storage. The first page of a photo is the uncropped one."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="pages")
    position = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=80)
    sha256 = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("page")
        ordering = ["position"]
        # The sweep asks which of a thousand files are somebody's.
        indexes = [models.Index(fields=["file"], name="page_by_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"], name="page_position_is_unique"
            )
        ]

    def __str__(self):
        return f"{self.document} {self.position}"

    def read(self) -> bytes:
        """The JPEG. Raises sealed.Unreadable when it is broken or gone."""
        with default_storage.open(self.file) as file:
            return file.read()


class Consent(models.Model):
    """That a person agreed to one extra use of their data, to which words, and when."""

    class Purpose(models.TextChoices):
        DISABILITY = "disability", _("disability")
        # Heard and given at the counter, where nobody ticks a box themselves.
        DESK = "desk", _("application at the counter")

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    wording = models.TextField()
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consent")
        ordering = ["given_at"]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.given_at:%Y-%m-%d}"


class NikConfirmation(models.Model):
    """That a NIK stands on the KTP with this birth date and sex, though its digits seem
    to say otherwise: `by` the person, or by the officer who had the KTP in the hand.

    Written once for every answer that was asked about; the record may have moved on.
    """

    applicant = models.ForeignKey(
        Applicant, models.CASCADE, related_name="nik_confirmations"
    )
    nik_index = models.BinaryField()
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("confirmed NIK")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"


class ClaimCode(models.Model):
    """What lets a person take over a record that was made at the counter.

    The code stands on their receipt and nowhere here: only its blind index is kept. A
    new one ends those before it; one that was used says by whom.
    """

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="claim_codes")
    code_index = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("claim code")
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                name="claim_code_used_by_somebody",
                condition=Q(used_at=None, used_by=None)
                | Q(used_at__isnull=False, used_by__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d}"


def claim_index(code: str) -> bytes:
    """What a claim code is kept as."""
    return blind_index(code, "claim")
