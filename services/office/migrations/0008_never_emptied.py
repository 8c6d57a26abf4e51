"""The journal cannot be emptied at once either."""

from django.db import migrations

STANDS = """
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON office_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION office_written_once();
"""
FALLS = "DROP TRIGGER never_emptied ON office_journalentry;"


class Migration(migrations.Migration):
    dependencies = [("office", "0007_written_once")]

    operations = [migrations.RunSQL(STANDS, FALLS)]
