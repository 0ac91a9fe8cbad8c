"""`python3 -m imo_portal.launch.bootstrap start|test|bench …`: set-up, then the program in `.venv`.

The only code that runs on the system's Python: standard library only.
"""

import os
import sys

from imo_portal.launch import environment, options, system

PROGRAMS = {
    "start": ("imo_portal.launch", system.RUN_NEEDS, environment.RUN_REQUIREMENTS),
    "test": ("imo_portal.launch.checks", system.TEST_NEEDS, environment.TEST_REQUIREMENTS),
    "bench": ("tests.bench", system.RUN_NEEDS, environment.TEST_REQUIREMENTS),
}


def main() -> None:
    module, needs, requirements = PROGRAMS[sys.argv[1]]
    arguments = sys.argv[2:]
    if sys.argv[1] == "start":
        options.parse(arguments)  # a misspelt option is refused before anything is installed
    system.ensure(needs)
    environment.ensure_environment(requirements)
    python = str(environment.PYTHON)
    os.execv(python, [python, "-m", module, *arguments])  # noqa: S606


if __name__ == "__main__":
    main()
