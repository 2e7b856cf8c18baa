"""From a group of ideas to a challenge that everybody reads, and back to who said them."""

import re
import uuid

from essor.challenges.models import Challenge
from essor.evenings.actions.tables import hand_in_table, sheet_of_table
from essor.harvest.models import Group, Placing
from essor.projects.actions.sheets import save_sheet
from tests.cast import NOW, make_challenge, make_evening, make_harvest, make_idea, make_table


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def lay(group: Group, *ideas) -> None:
    Placing.objects.bulk_create(
        Placing(idea=idea, group=group, order=n, moved_at=NOW) for n, idea in enumerate(ideas)
    )


def words_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_a_group_of_ideas_becomes_a_challenge_and_the_ideas_stay_readable(cast, stranger):
    # Two ideas lie together on the sorting table; a project next door does something like it.
    harvest = make_harvest(cast.valence)
    soup = make_idea(harvest, "Que la cantine cuisine les légumes du coin", author=cast.denis)
    field = make_idea(harvest, "Un maraîcher attitré pour chaque cantine")
    group = Group.objects.create(harvest=harvest, name="Cantines", order=1, created_at=NOW)
    lay(group, soup, field)
    near = make_challenge(cast.jura, "Comment servir des légumes locaux dans les cantines ?")

    # Aïcha words the question with the ideas beside her, and sees who already works on it.
    aicha = cast.client("aicha")
    form = f"/valence/challenges/wording/from/{group.public_id}/"
    page = words_of(aicha.get(form))
    assert "Comment … ?" in page
    assert "Un maraîcher attitré pour chaque cantine" in page
    assert near.question in page
    assert "mots en commun" in page or "sens proche" in page

    kept = aicha.post(
        form,
        act(question="Comment manger local à la cantine ?", short="Cantines", track="imagine",
            checks=["new"], ideas=[soup.public_id, field.public_id]),
        follow=True,
    )  # fmt: skip
    challenge = Challenge.objects.get(short="Cantines")
    assert near.question in words_of(kept)  # before it is final: who already works on it

    # Nobody is told while it is a draft; once open, the ideas stand on its page as they were said.
    idea_page = f"/valence/harvest/{harvest.public_id}/ideas/{soup.public_id}/"
    assert soup.fates.get(replaced_at=None).kind == "awaited"
    assert challenge.question not in words_of(stranger.get(idea_page))
    aicha.post(f"/valence/challenges/{challenge.public_id}/state/", act(state="open"))
    public = words_of(stranger.get(f"/valence/challenges/{challenge.public_id}/"))
    assert "Né de 2 idées" in public
    assert "Que la cantine cuisine les légumes du coin" in public
    assert challenge.question in words_of(stranger.get(idea_page))
    assert soup.fates.get(replaced_at=None).kind == "challenge"

    # A table takes it up; its project is what the ideas became.
    evening = make_evening(cast.valence, challenges=1, state="live")
    table = make_table(evening)
    table.challenges.set([challenge])
    project = sheet_of_table(table=table, origin="Table 1", by=None, at=NOW)
    save_sheet(sheet=project.sheet, texts={"proposal": "Une légumerie"}, marks={}, by=None, at=NOW)
    hand_in_table(table=table, title="La légumerie", by=None, at=NOW)
    assert {fate.kind for fate in soup.fates.all()} == {"awaited", "challenge", "project"}
    assert "La légumerie" in words_of(stranger.get(idea_page))
