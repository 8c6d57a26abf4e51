"""Mail that leaves by SMTP, and knows how far it came when the answer is lost."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend

TAKES_THE_BODY = 354


class OutcomeUnknownError(Exception):
    """The message was on its way when the server fell silent: it may have arrived."""


class _Telling:
    """An SMTP connection that tells a lost answer from a lost message."""

    _takes_body = False

    def getreply(self):
        code, text = super().getreply()
        self._takes_body = code == TAKES_THE_BODY
        return code, text

    def data(self, msg):
        self._takes_body = False
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:  # it was answered
            raise
        except OSError as error:
            if self._takes_body:
                raise OutcomeUnknownError(type(error).__name__) from error
            raise


class _TellingSMTP(_Telling, smtplib.SMTP):
    pass


class _TellingSSL(_Telling, smtplib.SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    """Django's own, with a connection that raises OutcomeUnknownError."""

    @property
    def connection_class(self):
        return _TellingSSL if self.use_ssl else _TellingSMTP
