"""The worker killed in the midst of its work, a mail server that comes and goes: all is done, once."""

import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from tests import migrated
from tests.cli.phones import inside
from tests.cli.servers import Server, database_in_cluster

pytestmark = [pytest.mark.database, pytest.mark.slow]
ASK_FOR_A_PLAN = """
import django; django.setup()
from django.utils import timezone
from essor.evenings.actions.plan_runs import ask_for_plan
from essor.evenings.jobs.plan_runs import compute_plan
from tests.cast import Cast
from tests.factories.seating import make_ready_evening
cast = Cast()
run = ask_for_plan(evening=make_ready_evening(cast.valence), seconds=SECONDS, by=cast.aicha,
                   at=timezone.now())
compute_plan.enqueue(run.public_id)
import json; print(json.dumps(run.public_id))
"""
HOW_THE_PLAN_IS = """
import django; django.setup()
from django_tasks_db.models import DBTaskResult
from essor.evenings.models import Plan, PlanRun
from essor.ledger.models import Entry
run, job = PlanRun.objects.get(), DBTaskResult.objects.get(task_path__endswith="compute_plan")
import json; print(json.dumps({
    "state": run.state, "begun": run.document is not None, "workers": len(job.worker_ids),
    "job": job.status, "plans": Plan.objects.count(), "people": (run.plan or run).proof["people"]
    if run.plan else 0, "ends": Entry.objects.filter(verb="ended_plan_run").count()}))
"""
WRITE_LETTERS = """
import django; django.setup()
from django.utils import timezone
from essor.kit.mail import Letter, post
for n in range(COUNT):
    post(Letter(f"p{n}@example.org", f"Lettre {n:02}", "Bonjour", key=f"k{n}"), at=timezone.now())
print("null")
"""
TEN_MINUTES_PASS = """
import django; django.setup()
from django.utils import timezone
from essor.kit.models import Mail
print(Mail.objects.filter(state="sending").update(next_at=timezone.now()))
"""
HOW_MAILS_ARE = """
import django; django.setup()
from essor.kit.models import Mail
import json; print(json.dumps(list(Mail.objects.order_by("id").values_list("state", flat=True))))
"""


class Mailbox:
    """A mail server on a port of its own, that may be stopped and started, or die under a letter."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, str]] = []  # subject, Message-ID
        self.die_at = -1
        self.holds, self.goes_on = threading.Event(), threading.Event()
        self.hold_at = -1
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.controller: Controller | None = None

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    async def handle_DATA(self, server, session, envelope) -> str:
        if len(self.arrived) == self.die_at:
            self.die_at = -1
            server.transport.abort()
            return "421 gone"
        lines = envelope.content.decode().splitlines()
        found = {line.partition(": ")[0]: line.partition(": ")[2] for line in lines if ": " in line}
        self.arrived.append((found["Subject"], found["Message-ID"]))
        if len(self.arrived) == self.hold_at:
            self.holds.set()
            while not self.goes_on.is_set():
                await server.loop.run_in_executor(None, self.goes_on.wait, 0.1)
        return "250 kept"


@pytest.fixture
def house(house_folder, django_db_setup) -> Iterator[dict[str, str]]:
    with database_in_cluster(migrated.name_of_the_copy()) as (_, database):
        yield {"ESSOR_DATA": str(house_folder / "data"), **database}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    yield mailbox
    mailbox.goes_on.set()
    mailbox.stop()


def wait_until(true, what: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"never: {what}"
        time.sleep(0.1)


def worker_of(server: Server) -> int:
    """The worker's process, which the house starts last."""
    for pid in server.children():
        with open(f"/proc/{pid}/cmdline") as words:
            if "run_worker" in words.read():
                return pid
    raise AssertionError("no worker")


def opened(house_folder, house, **more: str) -> Server:
    database = {name: value for name, value in house.items() if name == "ESSOR_DATABASE"}
    server = Server(house_folder, **database, **more)
    server.wait_for("worker started")
    return server


def test_a_plan_whose_worker_is_killed_is_taken_up_at_once_and_ends_once(house_folder, house):
    server = opened(house_folder, house)
    try:
        inside(house, ASK_FOR_A_PLAN.replace("SECONDS", "8"))
        wait_until(lambda: inside(house, HOW_THE_PLAN_IS)["begun"], "a first plan was met")
        os.kill(worker_of(server), signal.SIGKILL)
        server.wait_for("job of a dead worker")
        wait_until(lambda: inside(house, HOW_THE_PLAN_IS)["state"] == "done", "the plan is done")
        wait_until(lambda: inside(house, HOW_THE_PLAN_IS)["job"] == "SUCCESSFUL", "so is the job")
        told = inside(house, HOW_THE_PLAN_IS)
    finally:
        server.stop()
    assert (told["workers"], told["plans"], told["ends"], told["people"]) == (2, 1, 1, 24)


def test_letters_wait_for_a_mail_server_and_leave_in_order_once_though_it_dies(
    house_folder, house, mailbox
):
    server = opened(house_folder, house, ESSOR_SMTP=f"smtp://127.0.0.1:{mailbox.port}")
    try:
        inside(house, WRITE_LETTERS.replace("COUNT", "20"))
        server.wait_for("mail server not reached")
        mailbox.die_at = 7  # it takes seven letters and dies under the eighth
        mailbox.start()
        wait_until(lambda: mailbox.die_at == -1, "it died")
        mailbox.stop()
        server.wait_for("mail server went away")
        mailbox.start()
        wait_until(lambda: len(mailbox.arrived) >= 20, "all letters left")
        wait_until(lambda: set(inside(house, HOW_MAILS_ARE)) == {"sent"}, "all are noted as sent")
    finally:
        server.stop()
    assert [subject for subject, _ in mailbox.arrived] == [f"Lettre {n:02}" for n in range(20)]


def test_letters_of_a_worker_that_is_killed_all_arrive_under_one_name_each(
    house_folder, house, mailbox
):
    mailbox.hold_at = 5
    mailbox.start()
    server = opened(house_folder, house, ESSOR_SMTP=f"smtp://127.0.0.1:{mailbox.port}")
    try:
        inside(house, WRITE_LETTERS.replace("COUNT", "12"))
        assert mailbox.holds.wait(30), "the fifth letter is on its way"
        os.kill(worker_of(server), signal.SIGKILL)
        mailbox.goes_on.set()
        server.wait_for("worker started", times=2)
        wait_until(lambda: len(mailbox.arrived) >= 12, "the others leave at once")
        assert inside(house, TEN_MINUTES_PASS) == 1, "nobody knows whether the fifth arrived"
        wait_until(lambda: set(inside(house, HOW_MAILS_ARE)) == {"sent"}, "all are noted as sent")
    finally:
        server.stop()
    assert {subject for subject, _ in mailbox.arrived} == {f"Lettre {n:02}" for n in range(12)}
    names = Counter(name for _, name in mailbox.arrived)
    assert len(names) == 12, "a letter that is sent again has the same Message-ID: it shows once"
    assert sum(names.values()) == 13
