"""What gunicorn serves: `gunicorn ak1portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ak1portal.settings")
application = get_wsgi_application()
