"""The first command of a new installation: an office and its first administrator."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from ak1portal import installation
from ak1portal.refusals import Refused
from applicants.models import Region
from services.office import actions
from services.office.models import Role


class Command(BaseCommand):
    help = (
        "Open an office and let its first administrator in. They choose a password"
        " with “forgot password” and set everything else on the settings page."
    )

    def add_arguments(self, parser):
        parser.add_argument("--region", required=True, help="four digits, e.g. 3301")
        parser.add_argument("--government", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--address", required=True)
        parser.add_argument("--city", required=True)
        parser.add_argument("--signer", required=True, help="who signs the cards")
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--admin-name", required=True)

    def handle(self, *, region, signer, admin_email, admin_name, **options):
        installation.prove()
        names = ("government", "name", "address", "city")
        if not Region.objects.exists():
            raise CommandError(
                "No office was opened. No region is known: run load_reference first."
            )
        if not admin_name.strip():
            raise CommandError("No office was opened. The administrator has no name.")
        try:
            validate_email(admin_email)
            with transaction.atomic():
                office = actions.open_office(
                    region_code=region,
                    signer_name=signer,
                    **{name: options[name] for name in names},
                )
                actions.add_officer(
                    office,
                    by=None,
                    email=admin_email,
                    name=admin_name,
                    role=Role.ADMINISTRATOR,
                )
        except (ValidationError, Refused) as error:
            raise CommandError(f"No office was opened. {_words(error)}") from None
        self.stdout.write(
            self.style.SUCCESS(f"{office.name} is open; {admin_name} may sign in.")
        )


def _words(error: Exception) -> str:
    """The sentences of a refusal, each with the answer it is about."""
    if not hasattr(error, "error_dict"):
        return " ".join(getattr(error, "messages", [str(error)]))
    return " ".join(
        f"{name}: {' '.join(said)}" for name, said in error.message_dict.items()
    )
