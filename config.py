"""Every setting of Conclusion Tracker, typed; the environment is read here and nowhere else."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

SECURITIES = ("none", "starttls", "tls")
DATABASES = ("sqlite:", "postgresql+psycopg:")


class BadSetting(ValueError):
    """A variable of the environment cannot be understood; the message names it."""


@dataclass(frozen=True)
class SmtpServer:
    """One mail server; `security` is none, starttls or tls."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: str


@dataclass(frozen=True)
class Config:
    """Settings of one process. Paths are absolute; times are in seconds unless named otherwise."""

    database_url: str
    secret_key: str
    instance: Path
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_from: str = "tracker@localhost"
    smtp_security: str = "none"
    smtp_second_host: str = ""
    smtp_second_port: int = 25
    smtp_second_user: str = ""
    smtp_second_password: str = field(default="", repr=False)
    smtp_second_security: str = "none"
    smtp_ca: str = ""
    demo_password: str = field(default="", repr=False)
    public_url: str = "http://127.0.0.1:8000"
    office_name: str = ""
    secure_cookies: bool = False
    trusted_proxies: int = 0
    session_hours: int = 12
    upload_limit_bytes: int = 20 * 1024 * 1024
    delivery_lease_seconds: int = 60
    heartbeat_url: str = ""
    chat_services: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    testing: bool = False

    @property
    def smtp_servers(self) -> tuple[SmtpServer, ...]:
        """Return the mail servers that are set, the first choice first."""
        first = SmtpServer(
            self.smtp_host, self.smtp_port, self.smtp_user, self.smtp_password, self.smtp_security
        )
        second = SmtpServer(
            self.smtp_second_host,
            self.smtp_second_port,
            self.smtp_second_user,
            self.smtp_second_password,
            self.smtp_second_security,
        )
        return tuple(server for server in (first, second) if server.host)

    @property
    def evidence_folder(self) -> Path:
        """Return the folder of the content-addressed evidence store."""
        return self.instance / "evidence"

    @property
    def mail_folder(self) -> Path:
        """Return the folder where mails are written as .eml while no SMTP host is set."""
        return self.instance / "mail"

    @property
    def demo_password_file(self) -> Path:
        """Return the file where loading the demo keeps the password of its accounts."""
        return self.instance / "demo-password"

    def shown_demo_password(self) -> str:
        """Return the password of the demo accounts for the sign-in page; empty: none is known."""
        try:
            return self.demo_password_file.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return self.demo_password


def from_environment() -> Config:
    """Read `TRACKER_…` from the environment; a missing secret key is generated once and kept.

    A blank variable is as a missing one. BadSetting names the variable that cannot be understood.
    """
    env = {name: text.strip() for name, text in os.environ.items() if text.strip()}
    instance = Path(env.get("TRACKER_INSTANCE", "instance")).absolute()
    url = env.get("TRACKER_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    return Config(
        database_url=_database_url(env.get("TRACKER_DATABASE_URL", ""), instance),
        secret_key=env.get("TRACKER_SECRET_KEY") or _kept_secret(instance),
        instance=instance,
        smtp_host=env.get("TRACKER_SMTP_HOST", ""),
        smtp_port=_whole("TRACKER_SMTP_PORT", env.get("TRACKER_SMTP_PORT", "25")),
        smtp_user=env.get("TRACKER_SMTP_USER", ""),
        smtp_password=env.get("TRACKER_SMTP_PASSWORD", ""),
        smtp_from=env.get("TRACKER_SMTP_FROM", "tracker@localhost"),
        smtp_security=_security("TRACKER_SMTP_SECURITY", env.get("TRACKER_SMTP_SECURITY", "none")),
        smtp_second_host=env.get("TRACKER_SMTP_SECOND_HOST", ""),
        smtp_second_port=_whole(
            "TRACKER_SMTP_SECOND_PORT", env.get("TRACKER_SMTP_SECOND_PORT", "25")
        ),
        smtp_second_user=env.get("TRACKER_SMTP_SECOND_USER", ""),
        smtp_second_password=env.get("TRACKER_SMTP_SECOND_PASSWORD", ""),
        smtp_second_security=_security(
            "TRACKER_SMTP_SECOND_SECURITY", env.get("TRACKER_SMTP_SECOND_SECURITY", "none")
        ),
        smtp_ca=env.get("TRACKER_SMTP_CA", ""),
        demo_password=env.get("TRACKER_DEMO_PASSWORD", ""),
        public_url=url,
        office_name=env.get("TRACKER_OFFICE_NAME", ""),
        secure_cookies=url.startswith("https://"),
        trusted_proxies=_whole("TRACKER_TRUSTED_PROXIES", env.get("TRACKER_TRUSTED_PROXIES", "0")),
        session_hours=_whole("TRACKER_SESSION_HOURS", env.get("TRACKER_SESSION_HOURS", "12")),
        delivery_lease_seconds=_whole(
            "TRACKER_DELIVERY_LEASE_SECONDS", env.get("TRACKER_DELIVERY_LEASE_SECONDS", "60")
        ),
        chat_services=_chat_services(env.get("TRACKER_CHAT_SERVICES", "")),
        heartbeat_url=_web_address("TRACKER_HEARTBEAT_URL", env.get("TRACKER_HEARTBEAT_URL", "")),
    )


def _database_url(given: str, instance: Path) -> str:
    """Return a SQLAlchemy URL; `postgres://` and `postgresql://` mean psycopg 3."""
    if not given:
        return f"sqlite:///{instance / 'tracker.sqlite3'}"
    for prefix in ("postgresql://", "postgres://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if not given.startswith(DATABASES):
        msg = "TRACKER_DATABASE_URL must begin with postgresql:// or sqlite:///"
        raise BadSetting(msg)
    return given


def _kept_secret(instance: Path) -> str:
    """Return the secret key of the embedded default, generated once into the instance folder."""
    path = instance / "secret-key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def _security(name: str, text: str) -> str:
    """Return how a mail server is spoken to; BadSetting names the variable."""
    if text.lower() not in SECURITIES:
        msg = f"{name} must be none, starttls or tls"
        raise BadSetting(msg)
    return text.lower()


def _web_address(name: str, text: str) -> str:
    """Return an address of http or https, or nothing; ValueError names the variable."""
    if text and not text.startswith(("http://", "https://")):
        msg = f"{name} must begin with http:// or https://"
        raise ValueError(msg)
    return text


def _chat_services(text: str) -> tuple[tuple[str, str], ...]:
    """Return (name, address with {id}) of the chat services; ValueError says what is wrong.

    A person fills in the id only, so that nobody but the operator decides where messages go.
    """
    found = []
    for entry in text.split():
        name, _, address = entry.partition("=")
        scheme, _, rest = address.partition("://")
        host, _, path = rest.partition("/")
        if not (name and scheme and host) or "{id}" in host or path.count("{id}") != 1:
            msg = "TRACKER_CHAT_SERVICES takes name=scheme://host/…{id} parted by spaces"
            raise ValueError(msg)
        found.append((name, address))
    return tuple(found)


def _whole(name: str, text: str) -> int:
    """Return `text` as an integer; BadSetting names the variable."""
    try:
        return int(text)
    except ValueError:
        msg = f"{name} must be a whole number, not {text!r}"
        raise BadSetting(msg) from None
