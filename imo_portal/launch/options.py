"""What ./start understands."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from imo_portal.launch.environment import ROOT

DEFAULT_PORT = 8000


@dataclass(frozen=True)
class Options:
    port: int
    bind: str
    data_dir: Path
    demo: str  # "auto", "always" or "never"
    database_url: str

    @property
    def embedded(self) -> bool:
        return not self.database_url

    @property
    def local_host(self) -> str:
        """Where this machine itself reaches the web server."""
        return "127.0.0.1" if self.bind in ("", "0.0.0.0", "::") else self.bind  # noqa: S104

    @property
    def address(self) -> str:
        return f"http://{self.local_host}:{self.port}/"


def parse(arguments: Sequence[str] | None = None) -> Options:
    """Options of the command line; what is not given there comes from the environment."""
    parser = _parser()
    given, unknown = parser.parse_known_args(arguments)
    if unknown:
        parser.error(f"неизвестные параметры: {' '.join(unknown)}")
    return Options(
        port=given.port,
        bind=os.environ.get("PORTAL_BIND") or "127.0.0.1",
        data_dir=_from_caller(given.data),
        demo=given.demo,
        database_url=os.environ.get("DATABASE_URL", "").strip(),
    )


class _RussianFormatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "Вызов: ")


class _RussianParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Ошибка в параметрах: {message}\nСправка: {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _RussianParser(
        prog="./start",
        formatter_class=_RussianFormatter,
        allow_abbrev=False,
        description="Запускает портал: база данных, веб-сервер, обработчик задач. Остановка: Ctrl-C.",
        epilog="Все переменные окружения перечислены в README, раздел Settings.",
        add_help=False,
    )
    parser._optionals.title = "Параметры"
    parser.add_argument("-h", "--help", action="help", help="показать эту справку")
    port = os.environ.get("PORT") or str(DEFAULT_PORT)
    parser.add_argument(
        "--port",
        type=_port,
        default=port,
        metavar="ЧИСЛО",
        help="порт веб-сервера (переменная PORT, обычно 8000)",
    )
    data = os.environ.get("PORTAL_DATA") or str(ROOT / "var")
    parser.add_argument(
        "--data", default=data, metavar="ПАПКА", help="папка данных (PORTAL_DATA, обычно var)"
    )
    demo = parser.add_mutually_exclusive_group()
    demo.add_argument(
        "--demo", dest="demo", action="store_const", const="always", help="загрузить демонстрационные данные"
    )
    demo.add_argument(
        "--no-demo",
        dest="demo",
        action="store_const",
        const="never",
        help="не загружать демонстрационные данные",
    )
    parser.set_defaults(demo="auto")
    return parser


def _port(value: str) -> int:
    if value.isdecimal() and 0 < int(value) < 65536:
        return int(value)
    raise argparse.ArgumentTypeError(f"«{value}» — не номер порта (1–65535)")


def _from_caller(path: str) -> Path:
    """A relative path means the folder the person stood in, not the portal's own."""
    return Path(os.environ.get("PORTAL_CALLER_DIR") or Path.cwd(), path).resolve()
