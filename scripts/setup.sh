#!/usr/bin/env bash
# Installs the Debian packages the build and the tests need, or says exactly what to run.
set -euo pipefail

missing=()
command -v swift >/dev/null || { echo "setup: no swift on PATH; install a Swift 6.2 or later toolchain first" >&2; exit 69; }
[ -f /usr/include/postgresql/libpq-fe.h ] || missing+=(libpq-dev)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ -f /usr/share/zoneinfo/Europe/Madrid ] || missing+=(tzdata)
[ "${#missing[@]}" -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "setup: missing Debian packages. Run this once, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${missing[*]}" >&2
  exit 69
fi
echo "setup: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}" >/dev/null
