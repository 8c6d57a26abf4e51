"""Codes and words about accounts leave at once, or the page says that they did not.

A code that cannot leave is said (503) and leaves nothing half made; sessions, where
codes stand until they are typed, are sealed in the database.
"""

import logging

from allauth.account.adapter import DefaultAccountAdapter

from ak1portal.mail import OutcomeUnknownError

log = logging.getLogger(__name__)


class MailDidNotLeaveError(Exception):
    """A code could not be sent: nothing of this request counts (refusals shows 503)."""


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """Raises MailDidNotLeaveError, for known and unknown addresses alike."""
        try:
            super().send_mail(template_prefix, email, context)
        except OutcomeUnknownError:
            # It may have arrived, and its code is good. Who waits asks for another.
            log.warning("account mail may have arrived")
        except OSError as error:  # all of smtplib's too
            log.error("account mail did not leave: %s", type(error).__name__)
            raise MailDidNotLeaveError from error
