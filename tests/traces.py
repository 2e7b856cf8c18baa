"""Everything that a database holds, as text: to look for what should have left no trace."""

from django.contrib.sessions.models import Session
from django.db import connection


def everything_in_the_database() -> str:
    """Every row of every table as text, decoded sessions included."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            texts += [f"{table}: {row}" for row in cursor.fetchall()]
    texts += [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(texts)
