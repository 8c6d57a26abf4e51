"""The history and the register cannot be emptied at once either."""

from django.db import migrations

STANDS = """
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON issuance_step
    FOR EACH STATEMENT EXECUTE FUNCTION office_written_once();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON issuance_registerevent
    FOR EACH STATEMENT EXECUTE FUNCTION office_written_once();
"""
FALLS = """
DROP TRIGGER never_emptied ON issuance_step;
DROP TRIGGER never_emptied ON issuance_registerevent;
"""


class Migration(migrations.Migration):
    dependencies = [("issuance", "0010_written_once")]

    operations = [migrations.RunSQL(STANDS, FALLS)]
