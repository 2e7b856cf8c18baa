"""Jobs of the harvest: what ideas mean, telling people what became of them."""

from datetime import timedelta

from django_tasks import task

from essor.algos.text import has_vectors, pack, vectors
from essor.harvest.digests import tell_fates
from essor.harvest.models import Idea, IdeaVector
from essor.kit.recurring import recurring

__all__ = ["tell_fates", "write_vectors"]
BATCH = 200


@recurring(timedelta(minutes=1))
@task()
def write_vectors() -> int:
    """Compute what new ideas mean, so that processes need not each do it; how many."""
    if not has_vectors():
        return 0
    written = 0
    while True:
        new = list(Idea.objects.filter(vector=None).order_by("pk").only("pk", "text")[:BATCH])
        if not new:
            return written
        found = vectors([idea.text for idea in new])
        assert found is not None
        IdeaVector.objects.bulk_create(
            [
                IdeaVector(idea=idea, vector=pack(each))
                for idea, each in zip(new, found, strict=True)
            ],
            ignore_conflicts=True,
        )
        written += len(new)
