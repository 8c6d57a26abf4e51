"""What every card needs that was there before it was kept with it."""

from django.db import migrations

NEEDS = """
UPDATE issuance_card AS card SET
  needs_print = NOT EXISTS (
    SELECT FROM printing_print p WHERE p.card_id = card.id AND p.outcome = ''
  ) AND (
    NOT EXISTS (
      SELECT FROM printing_print p WHERE p.card_id = card.id AND p.outcome = 'good'
    ) OR EXISTS (
      SELECT FROM printing_reprint r
      WHERE r.card_id = card.id AND r.answered_by_id IS NULL
    )
  ),
  needs_hand_over = EXISTS (
    SELECT FROM printing_print p
    WHERE p.card_id = card.id AND p.outcome = 'good' AND p.handed_over_at IS NULL
      AND NOT EXISTS (
        SELECT FROM printing_print newer WHERE newer.card_id = card.id
          AND newer.outcome = 'good' AND newer.copy > p.copy
      )
  )
WHERE authorised_at IS NOT NULL AND voided_at IS NULL AND replaced_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("printing", "0004_what_a_card_needs")]

    operations = [migrations.RunSQL(NEEDS, migrations.RunSQL.noop)]
