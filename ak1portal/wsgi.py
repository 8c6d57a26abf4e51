"""What gunicorn serves: `gunicorn ak1portal.wsgi`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

WORKER_BOOT_ERROR = 3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ak1portal.settings")
try:
    application = get_wsgi_application()
    # Its models are there only now.
    from ak1portal.installation import guarded  # noqa: PLC0415

    application = guarded(application)
except ImproperlyConfigured as error:
    sys.stderr.write(f"The portal does not start: {error}\n")
    # gunicorn then ends, instead of beginning again and again.
    sys.exit(WORKER_BOOT_ERROR)
