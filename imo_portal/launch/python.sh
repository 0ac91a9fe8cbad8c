# Sourced by ./start, ./test and ./bench: finds a Python that is new enough.

python_is_new_enough() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

first_new_enough_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if python_is_new_enough "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# Prints the path; root on Debian gets Python installed, others are told the line that installs it.
find_python() {
    local sudo="sudo "
    if [ "$(id -u)" = 0 ]; then sudo=""; fi
    first_new_enough_python && return 0
    if [ -z "$sudo" ] && command -v apt-get >/dev/null && command -v dpkg >/dev/null; then
        echo "Устанавливается Python…" >&2
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends python3 python3-venv >&2 </dev/null || true
        first_new_enough_python && return 0
    fi
    echo "Нужен Python 3.11 или новее." >&2
    if command -v dnf >/dev/null; then
        echo "Установите: ${sudo}dnf install -y python3.11" >&2
    else
        echo "Установите: ${sudo}apt-get install -y python3 python3-venv" >&2
    fi
    return 1
}
