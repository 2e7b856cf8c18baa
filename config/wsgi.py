"""Pages: the WSGI application (gunicorn, or inside the ASGI process through a thread pool)."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from essor.kit.logs import configure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
configure(settings.LOG_LEVEL)
