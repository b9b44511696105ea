#!/usr/bin/env bash
# Start 아무말 놀이터 (Amumal Playground) on Linux and macOS: ./webui.sh [flags]
# Run every check: ./webui.sh test
#
# This script only finds a Python; playground/launch/setup.py does the rest. Variables it knows
# (set them here, or in a file webui-user.sh beside this one): python_cmd, venv_dir, REQS_FILE,
# TORCH_COMMAND, TORCH_INDEX_URL, COMMANDLINE_ARGS. See docs/install.md.

[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@" # `sh webui.sh`

here=${BASH_SOURCE[0]}
while [ -L "$here" ]; do
    link=$(readlink "$here")
    case $link in
        /*) here=$link ;;
        *) here=$(dirname -- "$here")/$link ;;
    esac
done
case $here in
    */*) here=${here%/*} ;;
    *) here=. ;;
esac

if [ -f "$here/webui-user.sh" ]; then
    # shellcheck source=/dev/null
    . "$here/webui-user.sh"
fi
export python_cmd venv_dir REQS_FILE TORCH_COMMAND TORCH_INDEX_URL COMMANDLINE_ARGS
unset PYTHONHOME PYTHONPATH # packages from elsewhere would win over those installed here
export PYTHONUTF8=1

probe=$here/playground/launch/probe.py # prints the version; 0 fits, 3 does not, 5 lacks venv

fail() { # Korean, English
    printf '\n%s\n%s\n' "$1" "$2" >&2
    exit 1
}

# 1. The environment of the last start: its own Python, which setup.py then finds complete.
venv=${venv_dir:-.venv}
case $venv in
    /*) ;;
    \~/*) venv=$HOME/${venv#\~/} ;;
    *) venv=$here/$venv ;;
esac
chosen=${python_cmd:-${PYTHON:-}}
python=
if [ -z "$chosen" ] && [ "${venv_dir:-}" != - ] && [ -x "$venv/bin/python" ] &&
    [ ! -e "$venv/amumal-playground.installing" ]; then
    if [ -e "$venv/amumal-playground.stamp" ] || "$venv/bin/python" "$probe" >/dev/null 2>&1; then
        python=$venv/bin/python
    fi
fi

# 2. Any Python: the one named, else the one that `python3` means, else the newest that fits.
if [ -z "$python" ]; then
    found=
    without_venv=
    candidates=(python3 python3.14 python3.13 python3.12 python3.11 python)
    [ -z "$chosen" ] || candidates=("$chosen")
    for candidate in "${candidates[@]}"; do
        version=$("$candidate" "$probe" 2>/dev/null)
        case $? in
            0)
                python=$candidate
                break
                ;;
            5) without_venv=${without_venv:-$candidate} ;;
        esac
        [ -z "$version" ] || found="$found $candidate ($version)"
    done
    if [ -z "$python" ] && [ -n "$without_venv" ]; then
        [ "${venv_dir:-}" = - ] || fail \
            "파이썬($without_venv)에 venv 모듈이 없어요. \`sudo apt-get install python3-venv\`를 실행한 뒤 다시 시작해 주세요." \
            "$without_venv lacks the venv module: run \`sudo apt-get install python3-venv\` and start again."
        python=$without_venv
    fi
fi
if [ -z "$python" ] && [ -n "$chosen" ]; then
    fail "python_cmd($chosen)로 정한 파이썬을 쓸 수 없어요(${version:-실행 안 됨}). 64비트 파이썬 3.11~3.14의 경로로 고쳐 주세요." \
        "The Python in python_cmd ($chosen) cannot be used (${version:-it does not run}): name a 64-bit Python 3.11 to 3.14."
elif [ -z "$python" ]; then
    fail "64비트 파이썬 3.11~3.14가 없어요(찾은 것:${found:- 없음}). python.org에서 설치하거나 python_cmd에 경로를 적고 다시 시작해 주세요." \
        "There is no 64-bit Python 3.11 to 3.14 (found:${found:- none}): install one from python.org, or name it in python_cmd, and start again."
fi

exec "$python" -X utf8 "$here/playground/launch/setup.py" "$@"
