"""The health page: whether this process can write, in one word, for whoever watches the house."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from essor.kit.doors import anybody


@anybody
def health(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
