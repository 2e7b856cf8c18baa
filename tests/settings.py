"""The settings under test: Essor's own, with the data in a folder that goes away.

Every test finds it empty of files: ``tests/conftest.py`` takes away what the one before kept.

The database is a real SQLite file (several connections share it, as in production) that need not
outlive a crash; ESSOR_DATABASE runs the same tests on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="essor-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("ESSOR_")]:
    if _name != "ESSOR_DATABASE":
        del os.environ[_name]
os.environ["ESSOR_DATA"] = _folder
os.environ["ESSOR_POOL"] = "0"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
DATA, STATIC_ROOT = Path(_folder) / "data", Path(_folder) / "static"
DATA.mkdir()
STATIC_ROOT.mkdir()
STORAGES["default"] = {**STORAGES["default"], "OPTIONS": {"location": str(DATA / "files")}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
