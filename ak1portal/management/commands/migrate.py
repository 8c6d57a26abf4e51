"""Django's migrate, with time for its statements and limits for everybody else's."""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from ak1portal import database


class Command(migrate.Command):
    help = migrate.Command.help + " Also writes the time limits into the database."

    def handle(self, *args, **options):
        connection = connections[options["database"]]
        with database.patient(connection, settings.DIRECT_DATABASE_URL):
            super().handle(*args, **options)
            spoken = database.keep_limits(connection)
        if spoken:
            self.stderr.write(
                "PostgreSQL may write people's data into its log, for these are not set"
                f" for this database: {', '.join(spoken)}. As its superuser, run"
                " ak1portal/deploy/database.sql."
            )
