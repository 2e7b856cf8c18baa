"""Similar while typing: p50 and p95 of the request, server side, at 5,000 ideas, beside the target.

    .venv/bin/python bench/similar.py             SQLite, in memory
    ESSOR_DATABASE=postgres://... bench/similar.py  an empty PostgreSQL database

Texts are made of the 102 real challenges' words and of the example's invented ideas, shuffled with
a printed seed; every request asks other words, as a hand that types does. The first request of a
process, which reads all ideas, is told apart.
"""

import argparse
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
TARGET = 50.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ideas", type=int, default=5_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()

    import logging

    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    logging.disable(logging.INFO)
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        measure(options)
    finally:
        teardown_databases(kept, verbosity=0)


def measure(options: argparse.Namespace) -> None:
    from django.db import connection
    from django.test import Client

    from essor.harvest.jobs import write_vectors
    from essor.harvest.near import warm_up
    from essor.portal.demo.said import SAID
    from essor.territories.models import Territory
    from tests.cast import NOW, make_harvest

    draw = random.Random(options.seed)
    sentences = [text for place in SAID for text in place.ideas]
    territory = Territory.objects.create(slug="valence", name="Valence", created_at=NOW)
    harvest = make_harvest(territory)
    fill(harvest, options.ideas, sentences, draw)
    started = time.perf_counter()
    write_vectors.func()
    print(f"vectors of {options.ideas} ideas written in {time.perf_counter() - started:.1f} s")
    warm_up()
    client, address = Client(), f"/valence/harvest/{harvest.public_id}/near/"
    times, work = [], []
    for _ in range(options.requests + 1):
        words = draw.choice(sentences).split()
        text = " ".join(words[: draw.randint(3, len(words)) if len(words) > 3 else 3])
        started, spent = time.perf_counter(), time.process_time()
        answer = client.get(address, {"text": text})
        times.append(1000 * (time.perf_counter() - started))
        work.append(1000 * (time.process_time() - spent))
        assert answer.status_code == 200
    first, rest = times[0], sorted(times[1:])
    p95 = rest[int(0.95 * len(rest)) - 1]
    cpu = sorted(work[1:])
    verdict = "met" if p95 <= TARGET else "MISSED"
    print(
        f"{connection.vendor}, {options.ideas} ideas, seed {options.seed}: "
        f"p50 {statistics.median(rest):.1f} ms, p95 {p95:.1f} ms, worst {rest[-1]:.1f} ms "
        f"(target {TARGET:.0f} ms: {verdict}); CPU p50 {statistics.median(cpu):.1f} ms, "
        f"p95 {cpu[int(0.95 * len(cpu)) - 1]:.1f} ms; first request of the process {first:.0f} ms"
    )


def fill(harvest: object, count: int, sentences: list[str], draw: random.Random) -> None:
    """Ideas of the beginning of one sentence and the end of another: distinct, still French."""
    from essor.harvest.models import Idea
    from tests.cast import NOW

    texts = []
    for number in range(count):
        one, two = draw.choice(sentences).split(), draw.choice(sentences).split()
        texts.append(" ".join([*one[: len(one) // 2 + 1], *two[len(two) // 2 :], str(number % 97)]))
    Idea.objects.bulk_create(
        [
            Idea(harvest=harvest, territory=harvest.territory, text=text, key=str(n), said_at=NOW)
            for n, text in enumerate(texts)
        ],
        batch_size=1_000,
    )


if __name__ == "__main__":
    main()
