"""`python -m imo_portal.launch`: what ./start does once the virtual environment is there."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from imo_portal.embedded import EmbeddedServer, EmbeddedServerError, server_for
from imo_portal.launch import health
from imo_portal.launch.console import fail, say
from imo_portal.launch.demo import login_table
from imo_portal.launch.environment import ROOT
from imo_portal.launch.fingerprint import Prepared
from imo_portal.launch.options import Options, parse
from imo_portal.launch.parts import Database, Program
from imo_portal.launch.state import Instance
from imo_portal.launch.supervisor import Supervisor

HEALTH_SECONDS = 60


def main() -> int:
    options = parse()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        options.data_dir.mkdir(parents=True, exist_ok=True)
        instance = Instance(options.data_dir)
        acquired = instance.acquire()
    except OSError as error:
        fail(f"Папка данных {options.data_dir} недоступна: {error}")
    if not acquired:
        return _already_running(instance)
    server = server_for(options.data_dir) if options.embedded else None
    try:
        return _serve(options, instance, server)
    except EmbeddedServerError as error:
        fail(str(error))
    except KeyboardInterrupt:
        if server:
            server.stop()
        say("Запуск прерван.")
        return 130
    finally:
        instance.release()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _already_running(instance: Instance) -> int:
    note = instance.note()
    if not note:
        say("Портал уже запускается на этой папке данных.")
        return 0
    say(f"Портал уже работает: {note['address']} (процесс {note['pid']}).")
    say(f"Его данные: {instance.lock_file.parent}")
    say("Второй портал запускают с другой папкой и портом: ./start --data ПАПКА --port ЧИСЛО")
    return 0


def _serve(options: Options, instance: Instance, server: EmbeddedServer | None) -> int:
    instance.clear_leftovers()
    _check_port(options)
    environment = _environment(options)
    if server:
        server.ensure_running()
    prepared = Prepared(options, server)
    found = prepared.recall()
    if found is None:
        found = _prepare(options, environment)
        prepared.keep(found)
    web, worker = _programs(options, environment)
    supervisor = Supervisor(
        [Database(server), web] if server else [web],
        on_change=lambda: _write_note(instance, options, (web, worker)),
    )
    supervisor.listen()
    supervisor.start()
    _announce(options, supervisor, found["demo_logins"])
    if not found["demo_logins"]:
        _tell_setup_code(options, environment)
    supervisor.add(worker)  # not earlier: it would take the processor from the pages a person waits for
    supervisor.run()
    say("Портал останавливается…")
    supervisor.stop()
    say("Портал остановлен.")
    return 0


def _check_port(options: Options) -> None:
    family = socket.AF_INET6 if ":" in options.bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.bind, options.port))
        except OSError as error:
            fail(
                f"Порт {options.port} занять нельзя ({error.strerror}): возможно, он у другой программы.\n"
                f"Запустите портал на другом порту: ./start --port {options.port % 65535 + 1}"
            )


def _environment(options: Options) -> dict[str, str]:
    """What the parts are told; an address for links in letters only when none is set."""
    own = {
        "DJANGO_SETTINGS_MODULE": "imo_portal.settings",
        "PORTAL_DATA": str(options.data_dir),
        "PORTAL_BIND": options.bind,
        "PORT": str(options.port),
        "PYTHONUNBUFFERED": "1",
    }
    return {"PORTAL_URL": options.address.rstrip("/")} | dict(os.environ) | own


def _prepare(options: Options, environment: dict[str, str]) -> dict:
    command = [sys.executable, "-m", "imo_portal.launch.prepare", "--demo", options.demo]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False
    )
    if done.returncode != 0:
        fail("Портал не запущен: подготовка данных не удалась, причина — выше.")
    return json.loads(done.stdout)


def _programs(options: Options, environment: dict[str, str]) -> tuple[Program, Program]:
    log, python = options.data_dir / "log", sys.executable
    web = [python, "-m", "gunicorn", "-c", "imo_portal/gunicorn.py", "imo_portal.wsgi:application"]
    worker = [python, "manage.py", "procrastinate", "worker"]
    return (
        Program("веб-сервер", web, log / "web.log", environment),
        Program("обработчик задач", worker, log / "worker.log", environment, listens_to_database=True),
    )


def _write_note(instance: Instance, options: Options, programs: tuple[Program, ...]) -> None:
    running = [program.process.pid for program in programs if program.process]
    instance.write_note(address=options.address, parts=running)


def _tell_setup_code(options: Options, environment: dict[str, str]) -> None:
    """An empty portal waits for its first administrator: who started it learns where, and the code."""
    command = [sys.executable, "manage.py", "setup_code", "--if-needed"]
    done = subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if code := done.stdout.strip():
        say(f"Портал пуст. Первая настройка: {options.address}setup/ (код {code})")


def _announce(options: Options, supervisor: Supervisor, demo_logins: list[str]) -> None:
    """Waits until the portal answers, then says where it is."""
    deadline = time.monotonic() + HEALTH_SECONDS
    while not supervisor.stopping and not health.is_healthy(options):
        if time.monotonic() > deadline:
            say(f"Портал запущен, но не отвечает. Журналы: {options.data_dir / 'log'}")
            return
        supervisor.step()
        time.sleep(0.1)
    if supervisor.stopping:
        return
    say(f"\nПортал ИМО работает: {options.address}")
    if demo_logins:
        say(login_table(demo_logins))
    say(f"Данные: {options.data_dir}. Остановить: Ctrl-C.")


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
