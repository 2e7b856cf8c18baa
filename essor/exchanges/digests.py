"""What digests tell of exchanges: thanks that whoever kept a promise lets everybody read."""

from essor.exchanges.actions.thanks import TOLD
from essor.exchanges.queries.thanks import sentences
from essor.news.kinds import tells

tells("project", [TOLD], sentences)
