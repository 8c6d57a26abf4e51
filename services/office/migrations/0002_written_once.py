"""What officers did is only ever added to, whatever asks the database."""

from django.db import migrations

STANDS = """
CREATE FUNCTION office_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only.', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON office_journalentry
    FOR EACH ROW EXECUTE FUNCTION office_written_once();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON office_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION office_written_once();
"""
FALLS = """
DROP TRIGGER written_once ON office_journalentry;
DROP TRIGGER never_emptied ON office_journalentry;
DROP FUNCTION office_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]

    operations = [migrations.RunSQL(STANDS, FALLS)]
