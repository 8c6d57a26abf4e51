"""The register is only ever added to, whatever asks the database."""

from django.db import migrations, models

REASONS = [
    ("placed", "found work"),
    ("expired", "the card has ended"),
    ("lapsed", "did not report"),
    ("request", "asked for it"),
    ("moved", "moved away"),
    ("died", "died"),
    ("void", "the office withdrew the card"),
]
STANDS = """
CREATE FUNCTION issuance_register_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The register is append-only.';
END
$$;
CREATE TRIGGER register_stands BEFORE UPDATE OR DELETE ON issuance_registerevent
    FOR EACH ROW EXECUTE FUNCTION issuance_register_stands();
"""
FALLS = """
DROP TRIGGER register_stands ON issuance_registerevent;
DROP FUNCTION issuance_register_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("issuance", "0006_number_key")]

    operations = [
        migrations.AddField(
            model_name="registerevent",
            name="field_code",
            field=models.CharField(blank=True, max_length=4),
        ),
        migrations.AlterField(
            model_name="card",
            name="inactive_why",
            field=models.CharField(blank=True, choices=REASONS, max_length=8),
        ),
        migrations.AlterField(
            model_name="registerevent",
            name="why",
            field=models.CharField(blank=True, choices=REASONS, max_length=8),
        ),
        migrations.RunSQL(STANDS, FALLS),
    ]
