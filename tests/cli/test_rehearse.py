"""``essor rehearse``: a small evening end to end, a judge who sees, and what is refused."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from essor.cli import Refusal, main
from essor.cli.rehearse import near_and_empty
from essor.cli.rehearsing.house import environment, family
from essor.cli.rehearsing.judging import Told, lost_and_doubled, not_met, percentile
from tests.cli.servers import database_in_cluster
from tests.cli.test_commands import ROOT, essor

SMALL = ("--people", "20", "--tables", "2", "--faster", "15")


def told_well() -> Told:
    """What phones tell of an evening in which all went well."""
    told = Told(open_streams=2, heard=[0.1, 0.2], said={"mot0.": 5.0})
    for kind in ("arrival", "idea", "sheet", "promise", "page"):
        told.taken[kind] = [0.02, 0.03]
        told.acknowledged[kind] = {f"{kind} 1", f"{kind} 2"}
    return told


def kept_well() -> dict[str, list[str]]:
    return {kind: [f"{kind} 1", f"{kind} 2"] for kind in ("arrival", "idea", "sheet", "promise")}


def test_judge_is_content_with_an_evening_that_went_well():
    assert lost_and_doubled(told_well().acknowledged, kept_well()) == ([], [])
    assert not_met(told_well(), 2, kept_well(), 300.0) == []


@pytest.mark.parametrize("kind", ["arrival", "idea", "sheet", "promise"])
def test_judge_sees_one_lost_mark_of_each_kind(kind):
    kept = kept_well() | {kind: [f"{kind} 2"]}
    assert lost_and_doubled(told_well().acknowledged, kept) == ([f"{kind} 1"], [])
    assert not_met(told_well(), 2, kept, None) == [
        f"nothing lost: 1 acknowledged and not kept, as '{kind} 1'"
    ]


@pytest.mark.parametrize("kind", ["idea", "sheet", "promise"])
def test_judge_sees_a_doubled_mark_though_its_answer_never_came(kind):
    kept = kept_well()
    kept[kind] += ["unsure", "unsure"]
    assert lost_and_doubled(told_well().acknowledged, kept) == ([], ["unsure"])
    assert not_met(told_well(), 2, kept, None) == [
        "nothing twice: 1 kept more than once, as 'unsure'"
    ]


def test_empty_sheets_and_writings_without_an_answer_are_neither_lost_nor_doubled():
    kept = kept_well()
    kept["sheet"] += ["", "", ""]
    kept["idea"].append("arrived, its answer did not")
    assert lost_and_doubled(told_well().acknowledged, kept) == ([], [])


def test_each_other_must_is_named_when_it_is_not_met():
    told = told_well()
    told.taken["idea"] = [0.4]
    told.taken["page"] = []
    told.failed["promise"] = 3
    told.open_streams, told.dropped, told.heard = 1, 1, [1.5]
    assert not_met(told, 2, kept_well(), 700.0) == [
        "every act answered: 3 failed",
        "idea within 150 ms (p95): 400 ms",
        "page within 250 ms (p95): never",
        "2 streams held: 1 opened, 1 dropped",
        "a word on all phones within 1000 ms (p95): 1500 ms",
        "a word on all phones: heard 1 times of 2",
        "memory under 600 MiB: 700 MiB",
    ]


def test_percentile_is_the_nearest_rank():
    assert percentile([float(n) for n in range(100, 0, -1)], 0.95) == 95.0
    assert percentile([7.0], 0.95) == 7.0


def test_house_of_a_rehearsal_knows_nothing_of_the_real_one(tmp_path, monkeypatch):
    monkeypatch.setenv("ESSOR_SMTP", "smtp://mail.example.org")
    monkeypatch.setenv("ESSOR_DATABASE", "postgresql://real@127.0.0.1/real")
    given = environment(tmp_path, "")
    assert (given["ESSOR_DATA"], given["ESSOR_DATABASE"]) == (str(tmp_path), "")
    assert "ESSOR_SMTP" not in given


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--people", "5001"), "--people is between 2 and 5000, not 5001"),
        (("--people", "1"), "--people is between"),
        (("--people", "0"), "--people is between"),
        (("--people", "20", "--tables", "21"), "--tables is between 1 and 20"),
        (("--seconds", "0"), "--seconds is between 1 and 3600"),
        (("--seconds", "nan"), "--seconds is between"),
        (("--faster", "101"), "--faster is between"),
        (("--processes", "2"), "--processes is between 1 and 1"),
        (("--database", "mysql://127.0.0.1/x"), "postgresql://user@127.0.0.1/name"),
        (("--database", "postgresql://essor@db.example.org/x"), "on this machine only"),
        (("--database", "postgresql://essor@127.0.0.1,192.0.2.1/x"), "on this machine only"),
        (("--database", "postgresql:///x?hostaddr=192.0.2.1"), "on this machine only"),
        (("--database", "postgresql://essor@127.0.0.1/x?service=far"), "on this machine only"),
    ],
)
def test_what_it_will_not_do_is_said_in_one_line(words, told, capsys):
    assert main(["rehearse", *words]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert len(said.err.splitlines()) == 1
    assert said.out == ""


def test_database_that_does_not_answer_is_told(capsys):
    assert main(["rehearse", "--database", "postgresql://nobody@127.0.0.1:9/none"]) == 1
    assert "the database does not answer" in capsys.readouterr().err


@pytest.mark.skipif(not os.environ.get("ESSOR_DATABASE"), reason="needs PostgreSQL")
def test_empty_database_is_taken_and_one_that_holds_anything_is_left_alone():
    with database_in_cluster("") as (_, house):
        near_and_empty(house["ESSOR_DATABASE"])
        with psycopg.connect(house["ESSOR_DATABASE"], autocommit=True) as database:
            database.execute("CREATE TABLE real (words text)")
        with pytest.raises(Refusal, match="not empty"):
            near_and_empty(house["ESSOR_DATABASE"])


@pytest.mark.slow
def test_small_rehearsal_loses_nothing_and_leaves_nothing(tmp_path):
    done = essor("rehearse", *SMALL, "--seconds", "3", TMPDIR=str(tmp_path))
    assert done.stderr == ""
    assert "20 invented people at 2 tables" in done.stdout
    assert "20 open of 20" in done.stdout
    assert "acknowledged: 0 lost, 0 twice" in done.stdout
    assert " 0 acknowledged" not in done.stdout
    for figure in ("arrival", "idea", "sheet", "promise", "page", "CPU", "memory", "commits/s"):
        assert figure in done.stdout
    # How fast a machine is, is its own affair: the status must only agree with what is said.
    assert done.returncode == (1 if "NOT MET" in done.stdout else 0)
    assert ("All musts are met." in done.stdout) == (done.returncode == 0)
    assert list(tmp_path.iterdir()) == [], "the data of the throw-away house is gone"


def heed_interrupts() -> None:
    """What a shell starts in its background is told to pass Ctrl-C by, and so are its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
def test_interrupted_rehearsal_leaves_no_process_and_no_file(tmp_path):
    rehearsal = subprocess.Popen(
        [sys.executable, "-m", "essor", "rehearse", *SMALL, "--seconds", "600"],
        cwd=ROOT, env={"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=heed_interrupts,
    )  # fmt: skip
    until = time.monotonic() + 180
    while len(processes := family(rehearsal.pid)) < 5:  # itself, the house, its three children
        assert rehearsal.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    rehearsal.send_signal(signal.SIGINT)
    assert rehearsal.wait(60) == 130
    assert [pid for pid in processes if Path(f"/proc/{pid}").exists()] == []
    assert list(tmp_path.iterdir()) == []
