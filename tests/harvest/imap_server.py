"""A small IMAP server on 127.0.0.1 with a certificate of its own: real sockets, real TLS."""

import re
import socketserver
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "ideas@example.org", "a secret"


class ImapServer(socketserver.ThreadingTCPServer):
    """Messages by number, with their flags. ``asked`` are the commands it was given."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, folder: Path, messages: list[bytes], *, starttls: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.messages, self.starttls = dict(enumerate(messages, 1)), starttls
        self.flags: dict[int, set[str]] = {number: set() for number in self.messages}
        self.asked: list[str] = []
        self.authority = make_certificate(folder)
        self.trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.trust.load_cert_chain(folder / "cert.pem", folder / "key.pem")

    def __enter__(self) -> "ImapServer":
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *trouble: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that refuses our certificate hangs up: nothing to print about it."""

    @property
    def settings(self) -> dict[str, object]:
        return {"host": "127.0.0.1", "port": self.server_address[1], "user": USER,
                "password": PASSWORD, "folder": "INBOX", "starttls": self.starttls}  # fmt: skip


class Session(socketserver.BaseRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self.secure = not self.server.starttls
        self.connection = self.server.trust.wrap_socket(self.request, server_side=True) if (
            self.secure
        ) else self.request  # fmt: skip
        self.lines = self.connection.makefile("rb")
        self.say(b"* OK ready")
        while line := self.lines.readline():
            tag, _, rest = line.strip().decode().partition(" ")
            command = rest.removeprefix("UID ").split(" ")[0].upper()
            self.server.asked.append(command)
            answer = getattr(self, f"on_{command.lower()}", None)
            trouble = answer(rest) if answer else "unknown command"
            self.say(f"{tag} {'NO ' + trouble if trouble else 'OK done'}".encode())
            if command == "STARTTLS":
                self.connection = self.server.trust.wrap_socket(self.connection, server_side=True)
                self.lines, self.secure = self.connection.makefile("rb"), True
            if command == "LOGOUT":
                break
        self.lines.close()
        self.connection.close()

    def say(self, line: bytes) -> None:
        self.connection.sendall(line + b"\r\n")

    def on_capability(self, rest: str) -> str:
        self.say(b"* CAPABILITY IMAP4rev1" + (b"" if self.secure else b" STARTTLS"))
        return ""

    def on_starttls(self, rest: str) -> str:
        return ""

    def on_login(self, rest: str) -> str:
        return "" if self.secure and rest == f'LOGIN {USER} "{PASSWORD}"' else "not you"

    def on_select(self, rest: str) -> str:
        self.say(f"* {len(self.server.messages)} EXISTS".encode())
        return "" if rest == 'SELECT "INBOX"' else "no such folder"

    def on_search(self, rest: str) -> str:
        unseen = [n for n in self.server.messages if "\\Seen" not in self.server.flags[n]]
        self.say(("* SEARCH " + " ".join(map(str, unseen))).encode())
        return ""

    def on_fetch(self, rest: str) -> str:
        found = re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest)
        number, most = int(found[1]), int(found[2])
        data = self.server.messages[number][:most]
        self.say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(data)}}}".encode())
        self.connection.sendall(data)
        self.say(b")")
        return ""

    def on_store(self, rest: str) -> str:
        found = re.fullmatch(r"UID STORE (\d+) \+FLAGS \((.+)\)", rest)
        self.server.flags[int(found[1])] |= set(found[2].split())
        return ""

    def on_logout(self, rest: str) -> str:
        self.say(b"* BYE")
        return ""


def make_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself; whoever trusts the file trusts the server."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=400))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, plain))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))
    return folder / "cert.pem"
