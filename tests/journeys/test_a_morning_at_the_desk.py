"""A morning at the host desk: what waits, a call that is noted, silence that is answered."""

import uuid
from datetime import timedelta

from essor.exchanges.actions.commitments import promise
from essor.kit import clock
from tests.cast import make_leader, make_project, make_recommendation

DESK = "/valence/desk/"


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_a_host_empties_the_desk_of_the_day(cast):
    # Denis leads a bakery; Farid promised him two days of welding, and nobody called for 12 days.
    project = make_project(cast.valence, "Le fournil partagé")
    make_leader(project, cast.denis)
    promised = promise(
        territory=cast.valence, project=project, person=cast.farid, kind="skill",
        what="Deux jours de soudure", by=cast.farid, at=clock.now() - timedelta(days=12),
    )[0]  # fmt: skip
    advice = make_recommendation(project, "Peser la farine", created_at=clock.now())
    aicha = cast.client("aicha")
    morning = aicha.get(DESK).content.decode()
    for words in ("attend depuis 12 jours", "Deux jours de soudure", "Peser la farine"):
        assert words in morning

    # She calls: a machine answers. She says when she will try again, and the desk is silent on it.
    calls = f"/valence/commitments/{promised.public_id}/calls/"
    assert calls in morning
    later = clock.today() + timedelta(days=3)
    aicha.post(calls, act(on=clock.today(), words="Messagerie", again_on=later))
    assert "Deux jours de soudure" not in aicha.get(DESK).content.decode()

    # Denis calls back about the advice; she writes down what he says.
    aicha.post(
        f"/valence/support/recommendations/{advice.public_id}/", act(answer="doing", seen="0")
    )
    assert "Peser la farine" not in aicha.get(DESK).content.decode()

    # Three days later the call is back; she reaches Farid, and it is settled.
    with clock.travelling() as go:
        go(clock.now() + timedelta(days=3))
        assert "Deux jours de soudure" in aicha.get(DESK).content.decode()
        aicha.post(calls, act(on=clock.today(), words="Vient mardi avec son poste"))
        assert "Deux jours de soudure" not in aicha.get(DESK).content.decode()
        answer = aicha.get(f"/valence/commitments/{promised.public_id}/answer/").content.decode()
        assert answer.index("Vient mardi avec son poste") < answer.index("Messagerie")
