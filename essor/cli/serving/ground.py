"""What a server stands on: its data folder, which it has to itself, and its port. No Django."""

import errno
import fcntl
import os
import socket
from pathlib import Path

from essor.cli import Refusal


def data_folder(default: str = "") -> Path:
    """The folder that ESSOR_DATA names, made where it is missing."""
    folder = Path(os.environ.get("ESSOR_DATA", "").strip() or default or _beside_the_house())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise Refusal(f"the folder {folder} cannot be made: {trouble.strerror}.") from trouble
    if not os.access(folder, os.W_OK):
        raise Refusal(f"the folder {folder} cannot be written to.")
    return folder.resolve()


def _beside_the_house() -> Path:
    return Path(__file__).resolve().parents[3] / "data"


def have_to_oneself(folder: Path) -> int:
    """Lock ``folder`` for this process until it ends; refuses where another server runs on it.

    Two servers on one SQLite file would each run the jobs and hold the other's writes up.
    Returns the descriptor that holds the lock.
    """
    file = os.open(folder / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as trouble:
        other = os.read(file, 20).decode(errors="replace").strip() or "unknown"
        raise Refusal(
            f"another server (process {other}) runs on {folder}. Stop it first, or name another "
            "folder in ESSOR_DATA. Several servers need PostgreSQL (ESSOR_DATABASE)."
        ) from trouble
    for each in folder.glob("essor.sqlite3*"):
        each.chmod(0o600)  # made before a house closed its files to other users of the machine
    os.ftruncate(file, 0)
    os.write(file, f"{os.getpid()}\n".encode())
    return file


def listen(host: str, port: int, *, others: int = 0) -> socket.socket:
    """Listen on ``host:port``; where it is taken, on one of the ``others`` ports after it."""
    for number in range(port, port + others + 1):
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            return socket.create_server((host, number), family=family, backlog=512)
        except OSError as trouble:
            if trouble.errno != errno.EADDRINUSE or number == port + others:
                raise Refusal(_why_not(host, number, trouble)) from trouble
    raise AssertionError("unreachable")


def _why_not(host: str, port: int, trouble: OSError) -> str:
    if trouble.errno == errno.EADDRINUSE:
        return f"port {port} is taken. Choose another with ESSOR_PORT or --port."
    if trouble.errno == errno.EACCES:
        return f"port {port} may not be opened by this user. Choose one above 1023."
    return f"{host}:{port} cannot be listened on: {trouble.strerror}."


def port_wanted(given: int | None) -> int:
    """``--port``, else ESSOR_PORT, else 8000."""
    text = os.environ.get("ESSOR_PORT", "").strip()
    if given is None and text and not text.isdigit():
        raise Refusal(f"ESSOR_PORT is a number, not {text!r}.", status=2)
    port = given if given is not None else int(text or 8000)
    if not 0 <= port <= 65535:
        raise Refusal(f"a port is between 1 and 65535, not {port}.", status=2)
    return port
