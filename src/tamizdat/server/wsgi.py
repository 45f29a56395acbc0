"""Hand the editors' site to gunicorn: `gunicorn tamizdat.server.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tamizdat.server.settings")
application = get_wsgi_application()
