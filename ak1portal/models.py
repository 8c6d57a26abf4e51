"""What the portal knows of itself: which installation it is, and which keys it has."""

import uuid

from django.db import models


class Installation(models.Model):
    """The one row that says which files belong to this database.

    The same id stands in a file beside the files (ak1portal.installation).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    begun_at = models.DateTimeField(auto_now_add=True)
    # What the last sweep of a folder did not dare to do: folder -> sentence.
    held_sweeps = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="installation_is_one", condition=models.Q(only=True)
            )
        ]

    def __str__(self):
        return str(self.pk)


class Canary(models.Model):
    """What one key made of a known word, to know the key again by."""

    name = models.CharField(max_length=16, primary_key=True)
    made = models.BinaryField()

    def __str__(self):
        return self.name
