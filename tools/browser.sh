#!/bin/sh
# What the tests of the pages need of the system: Chromium and a Chinese font. Installs them by apt-get where that
# works, else says what to install and goes on: only those tests fail without.
set -u

packages=
command -v chromium >/dev/null 2>&1 || packages="chromium"
fc-list :lang=zh-cn 2>/dev/null | grep -q . || packages="$packages fonts-noto-cjk"
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Debian packages for the tests of the pages: $packages" >&2
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # one word for each package
    apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1 ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages >/dev/null; } && exit 0
fi
echo "The tests of the pages need: $packages. On Debian: sudo apt-get install --no-install-recommends $packages" >&2
