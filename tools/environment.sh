#!/bin/sh
# Make or refresh the virtual environment: tools/environment.sh VENV LOCK
#
# Installs exactly what LOCK names, by hash, and this package in editable form. Does nothing when that has
# been done for the same lock before. Uses uv where it is on PATH, else venv and pip.
# PYTHON picks the interpreter; without it the newest supported one is taken.
set -eu

venv=$1
lock=$2
python=$venv/bin/python
stamp=$venv/.installed-$(basename "$lock" .txt)

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $1"; shift; for line in "$@"; do say "  $line"; done; exit 1; }

# What the environment is made from; a change in any of it makes it anew.
fingerprint=$({ cat "$lock" pyproject.toml tools/environment.sh; pwd; echo "${PYTHON:-}"; } | cksum)
if [ -x "$python" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$fingerprint" ]; then
    exit 0
fi

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
has_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

have_uv=no
if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then have_uv=yes; fi

# The interpreter: the one asked for, or the newest that the lock files were made for, or any newer one.
base=
without_venv=
for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    new_enough "$candidate" || continue
    if [ $have_uv = yes ] || has_venv "$candidate"; then base=$candidate; break; fi
    without_venv=${without_venv:-$candidate}
done
if [ -z "$base" ] && [ -n "$without_venv" ]; then
    die "$without_venv has no venv module, which the environment is made with." \
        "On Debian and Ubuntu: apt-get install python3-venv (or the package of your version, such as python3.11-venv)." \
        "Or install uv, or name another interpreter: make PYTHON=/path/to/python3.12"
fi
if [ -z "$base" ]; then
    found=$(${PYTHON:-python3} --version 2>&1 | head -n 1) || true
    die "Python 3.11 or newer is needed; ${PYTHON:-python3} says: ${found:-not found}" \
        "Name an interpreter: make PYTHON=/path/to/python3.12"
fi

# An environment of another interpreter, moved or broken, is made anew rather than mended.
version_of() { "$1" -c 'import sys; print(sys.version)' 2>/dev/null; }
if [ -e "$venv" ]; then
    if [ ! -f "$venv/pyvenv.cfg" ]; then
        die "$venv exists and is not a virtual environment; move it away or name another: make VENV=.venv-2"
    fi
    if [ "$(version_of "$python")" != "$(version_of "$base")" ] || [ "$(cat "$venv/.place" 2>/dev/null)" != "$(pwd)" ]; then
        rm -rf "$venv"
    fi
fi

with_uv() {
    export UV_PYTHON_DOWNLOADS=never
    if [ ! -x "$python" ]; then uv venv --quiet --python "$base" "$venv" || return 1; fi
    uv pip install --quiet --python "$python" --compile-bytecode --require-hashes -r "$lock" || return 1
    uv pip install --quiet --python "$python" --no-deps --no-build-isolation -e . || return 1
}

with_pip() {
    step="making the environment $venv with $base -m venv"
    if ! "$python" -m pip --version >/dev/null 2>&1; then
        rm -rf "$venv"
        "$base" -m venv "$venv" || return 1
    fi
    step="installing the packages that $lock names"
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" || return 1
    step="installing this package into $venv"
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || return 1
}

say "Preparing $venv from $lock ($(version_of "$base" | head -n 1 | cut -d ' ' -f 1), uv: $have_uv) ..."
done=no
if [ $have_uv = yes ]; then
    if with_uv; then
        done=yes
    elif has_venv "$base"; then
        say "uv could not do it (it reads neither pip.conf nor PIP_* variables); trying pip."
    else
        step="installing the packages that $lock names with uv"
    fi
fi
if [ $done = no ] && has_venv "$base"; then
    if with_pip; then done=yes; fi
fi
if [ $done = no ]; then
    die "set-up failed while $step; the reason stands above." \
        "If a package could not be had: the Python package index, or the mirror set in pip.conf or PIP_INDEX_URL," \
        "must be reachable. Nothing else of the set-up needs a network."
fi
pwd > "$venv/.place"
printf '%s\n' "$fingerprint" > "$stamp"
