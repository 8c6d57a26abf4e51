"""History and register are only ever added to, whatever asks the database."""

from django.db import migrations

TABLES = ("issuance_step", "issuance_registerevent")
STANDS = """
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {0}
    FOR EACH ROW EXECUTE FUNCTION office_written_once();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {0}
    FOR EACH STATEMENT EXECUTE FUNCTION office_written_once();
"""
FALLS = """
DROP TRIGGER written_once ON {0};
DROP TRIGGER never_emptied ON {0};
"""


class Migration(migrations.Migration):
    dependencies = [("issuance", "0001_initial"), ("office", "0002_written_once")]

    operations = [
        migrations.RunSQL(STANDS.format(table), FALLS.format(table)) for table in TABLES
    ]
