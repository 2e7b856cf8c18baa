"""Who wants to work on a challenge is told on its page."""

from django.utils.translation import gettext_lazy as _

from essor.challenges import interest
from essor.evenings.queries.interest import people_who_chose

interest.counted_by(people_who_chose, how=_("counted from the choices of registered people, now"))
