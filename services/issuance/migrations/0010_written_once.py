"""The history of an application is only ever added to, whatever asks the database."""

from django.db import migrations

STANDS = """
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON issuance_step
    FOR EACH ROW EXECUTE FUNCTION office_written_once();
"""
FALLS = "DROP TRIGGER written_once ON issuance_step;"


class Migration(migrations.Migration):
    dependencies = [("issuance", "0009_at_the_desk"), ("office", "0007_written_once")]

    operations = [migrations.RunSQL(STANDS, FALLS)]
