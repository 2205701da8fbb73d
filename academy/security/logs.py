"""Logs: lines of JSON in production, words on one machine, and no secret in either.

No secret, address or token reaches a log: what looks like one is cut out of every text, traces of
faults included, and values under telling names are left out (SECURITY.md 3.58, 3.60).
"""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from academy.config import Settings

CUT = "[cut]"
#: Values under names that hold one of these words are never written.
TELLING = re.compile(
    "password|passwd|secret|token|cookie|authorization|csrf|email|address", re.IGNORECASE
)
#: Addresses, tokens, secrets in links and in addresses of servers, hashes of passwords.
SENSITIVE = re.compile(
    r"""[^\s@<>"'(),;:=/]+@[^\s@<>"'(),;:=/]+\.[^\s@<>"'(),;:=/]+"""
    r"""|sse_[A-Za-z0-9_-]{8,}"""
    r"""|(?<=://)[^\s/@]+:[^\s/@]+(?=@)"""
    r"""|(?i:(?<=bearer )|(?<=basic ))\S+"""
    r"""|\$argon2\S+"""
    # Personal links, calendars and mail choices, in an address and as letters alone.
    r"""|(?i:(?<=/j/)|(?<=/calendar/)|(?<=/mail/)|(?<=/link/))[^\s/?#"'<>]+"""
    r"""|(?i:(?<=/codes/)[^\s/?#"'<>]+/[^\s/?#"'<>]+)"""
    r"""|(?<![A-Za-z0-9_-])[0-9a-hjkmnp-tv-z]{28,40}(?![A-Za-z0-9_-])"""
    # Telephone numbers as they are written abroad, and networks other than this very machine.
    r"""|(?<![\w+])\+\d[\d\s().-]{6,}\d"""
    r"""|(?<![\w.])(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"""
    r"""|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"""
)


def set_up_logs(settings: Settings) -> None:
    """Let this process write its log to standard error: JSON in production, words otherwise."""
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
        if settings.is_embedded
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def cut_secrets(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Leave out values under telling names, and cut what looks like a secret from the others."""
    return {
        key: SENSITIVE.sub(CUT, value) if isinstance(value, str) else value
        for key, value in line.items()
        if key.startswith("_") or not TELLING.search(key)
    }


def _one_line(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Keep a line a line: a visitor's line break must not begin another entry."""
    text = str(line.get("event", ""))
    return {**line, "event": text.replace("\r", "\\r").replace("\n", "\\n")}


SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    _one_line,
    cut_secrets,
)
