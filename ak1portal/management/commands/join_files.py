"""After a restore: these files and this database belong together again."""

from django.core.management.base import BaseCommand, CommandError

from ak1portal import installation


class Command(BaseCommand):
    help = (
        "Say what does not belong together. With --yes: mark the files of VAR_DIR as"
        " those of the database of DATABASE_URL, after both were restored."
    )

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true")

    def handle(self, *, yes, **options):
        if keys := installation.key_problems():
            raise CommandError(" ".join(keys))
        problem = installation.files_problem()
        if problem is None:
            self.stdout.write("The files and the database belong together.")
            return
        if not yes:
            raise CommandError(f"{problem} To join them as they are: --yes.")
        installation.join()
        self.stdout.write(
            "Joined. manage.py check_invariants says whether every file is there."
        )
