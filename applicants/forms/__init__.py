"""What a person types, cleaned to what we keep. Forms never save.

Field names are those of the models, so that `**form.cleaned_data` is the whole
translation. Here is the door; each module is one room.
"""

from applicants.forms.account import (
    ChangeEmailForm,
    ChangePasswordForm,
    ForgottenPasswordForm,
    ReauthenticateForm,
    ResetPasswordForm,
    SetPasswordForm,
    SignInForm,
    SignUpForm,
)
from applicants.forms.address import AddressForm
from applicants.forms.documents import CropForm, UploadForm
from applicants.forms.entries import (
    EducationForm,
    ExperienceForm,
    LanguageForm,
    TrainingForm,
)
from applicants.forms.identity import IdentityForm
from applicants.forms.sections import GeneralForm, WishesForm

__all__ = [
    "AddressForm",
    "ChangeEmailForm",
    "ChangePasswordForm",
    "CropForm",
    "EducationForm",
    "ExperienceForm",
    "ForgottenPasswordForm",
    "GeneralForm",
    "IdentityForm",
    "LanguageForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "SetPasswordForm",
    "SignInForm",
    "SignUpForm",
    "TrainingForm",
    "UploadForm",
    "WishesForm",
]
