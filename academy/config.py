"""The academy's settings: one frozen object, read once from the environment, loud when wrong."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
KNOWN_WEAK_KEYS = frozenset(
    {"secret", "changeme", "change-me", "dev", "default", "academy", "please-change"}
)
SHORTEST_KEY = 32
FEWEST_LETTERS = 8


class SettingsError(ValueError):
    """A setting is missing or cannot be used; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings table in docs/operators.md, which a test compares with SETTINGS."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("ACADEMY_ENVIRONMENT", "embedded", "`embedded` (make run) or `production`"),
    Setting("ACADEMY_VAR", "var", "the data folder"),
    Setting(
        "ACADEMY_DATABASE_URL", "SQLite in the data folder", "SQLAlchemy address of the database"
    ),
    Setting("ACADEMY_REDIS_URL", "the embedded Valkey", "broker, Socket.IO bus and rate limits"),
    Setting(
        "ACADEMY_SECRET_KEY",
        "made and kept in the data folder",
        "signs cookies and links; demanded in production",
    ),
    Setting(
        "ACADEMY_BASE_URL",
        "http://127.0.0.1:8000",
        "the public address, used in every link that leaves the site",
    ),
    Setting(
        "ACADEMY_SMTP_URL",
        "mail is kept in the data folder",
        "smtp://user:password@host:587 or smtps://…",
    ),
    Setting("ACADEMY_MAIL_FROM", "SSE Academy <academy@localhost>", "the sender of every mail"),
    Setting(
        "ACADEMY_MAIL_HOOK_SECRET",
        "none: /hooks/mail is not there",
        "at least 32 letters; signs what a mail server posts there about mail that came back",
    ),
    Setting("ACADEMY_PROXIES", "0", "how many proxies in front may be believed for X-Forwarded-*"),
    Setting("ACADEMY_UPLOAD_MEGABYTES", "50", "the largest file that an import accepts"),
    Setting(
        "ACADEMY_METRICS_TOKEN",
        "none: /metrics answers this machine only",
        "lets Prometheus read /metrics from elsewhere (Authorization: Bearer …)",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process needs to know; made by `from_environment`, passed to `create_app`."""

    environment: str
    var: Path
    database_url: str
    redis_url: str
    secret_key: str
    base_url: str
    smtp_url: str
    mail_from: str
    proxies: int
    upload_megabytes: int
    metrics_token: str = ""
    mail_hook_secret: str = ""

    @property
    def is_embedded(self) -> bool:
        """Whether this is the one-command way of running, with mail readable at /dev/mail."""
        return self.environment == "embedded"

    @property
    def is_https(self) -> bool:
        """Whether cookies can be Secure and carry the __Host- prefix."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read ACADEMY_* variables; raise SettingsError with the fix when one cannot be used."""
        environment = _choice(environ, "ACADEMY_ENVIRONMENT", ("embedded", "production"))
        var = Path(environ.get("ACADEMY_VAR") or "var").absolute()
        return cls(
            environment=environment,
            var=var,
            database_url=_database_url(environ, environment, var),
            redis_url=_redis_url(environ, environment, var),
            secret_key=_secret_key(environ, environment, var),
            base_url=_base_url(environ, environment),
            smtp_url=environ.get("ACADEMY_SMTP_URL", ""),
            mail_from=environ.get("ACADEMY_MAIL_FROM", "SSE Academy <academy@localhost>"),
            proxies=_whole_number(environ, "ACADEMY_PROXIES", 0),
            upload_megabytes=_whole_number(environ, "ACADEMY_UPLOAD_MEGABYTES", 50),
            metrics_token=environ.get("ACADEMY_METRICS_TOKEN", ""),
            mail_hook_secret=_hook_secret(environ),
        )


def _choice(environ: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = environ.get(name) or allowed[0]
    if value not in allowed:
        raise SettingsError(f"{name} is {value!r}; it must be one of: {', '.join(allowed)}.")
    return value


def _database_url(environ: Mapping[str, str], environment: str, var: Path) -> str:
    url = environ.get("ACADEMY_DATABASE_URL", "")
    if not url and environment == "production":
        raise SettingsError(
            "ACADEMY_DATABASE_URL is not set; production needs a PostgreSQL address."
        )
    if url.startswith(("postgres://", "postgresql://")):
        # psycopg 3 is the driver that is installed; SQLAlchemy's bare name would ask for psycopg2.
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    return url or f"sqlite:///{var / 'academy.sqlite3'}"


def _redis_url(environ: Mapping[str, str], environment: str, var: Path) -> str:
    url = environ.get("ACADEMY_REDIS_URL", "")
    if not url and environment == "production":
        raise SettingsError("ACADEMY_REDIS_URL is not set; production needs a Redis address.")
    return url or _embedded_redis_url(var)


def _embedded_redis_url(var: Path) -> str:
    # `academy up` notes here where its Valkey child listens, so that commands find it too.
    note = var / "redis-url"
    return note.read_text().strip() if note.is_file() else ""


def _secret_key(environ: Mapping[str, str], environment: str, var: Path) -> str:
    key = environ.get("ACADEMY_SECRET_KEY", "")
    if environment == "production" or key:
        return _strong_key(key)
    return _kept_key(var / "secret-key")


def _strong_key(key: str) -> str:
    if len(key) < SHORTEST_KEY or key.lower() in KNOWN_WEAK_KEYS or len(set(key)) < FEWEST_LETTERS:
        raise SettingsError(
            "ACADEMY_SECRET_KEY is missing, a default or too short. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return key


def _kept_key(path: Path) -> str:
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _hook_secret(environ: Mapping[str, str]) -> str:
    secret = environ.get("ACADEMY_MAIL_HOOK_SECRET", "")
    if secret and (len(secret) < SHORTEST_KEY or len(set(secret)) < FEWEST_LETTERS):
        raise SettingsError(
            "ACADEMY_MAIL_HOOK_SECRET is too short to be a secret. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return secret


def _base_url(environ: Mapping[str, str], environment: str) -> str:
    url = (environ.get("ACADEMY_BASE_URL") or "").rstrip("/")
    if not url and environment == "production":
        raise SettingsError(
            "ACADEMY_BASE_URL is not set; mails and calendars need the public address."
        )
    url = url or "http://127.0.0.1:8000"
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise SettingsError(
            f"ACADEMY_BASE_URL is {url!r}; it must look like https://academy.example.org."
        )
    return url


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not value.isdecimal():
        raise SettingsError(f"{name} is {value!r}; it must be a whole number.")
    return int(value)
