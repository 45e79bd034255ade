#!/usr/bin/env bash
# Installs the Debian packages the build and the tests need, or says exactly what to run.
set -euo pipefail

missing=()
command -v swift >/dev/null || { echo "setup: no swift on PATH; install a Swift 6.2 or later toolchain first" >&2; exit 69; }
[ -f /usr/include/postgresql/libpq-fe.h ] || missing+=(libpq-dev)
[ -f /usr/include/zlib.h ] || missing+=(zlib1g-dev)
# libpq-dev does not bring it, and without it SwiftPM warns and guesses where the header is.
command -v pkg-config >/dev/null || missing+=(pkg-config)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ -f /usr/share/zoneinfo/Europe/Madrid ] || missing+=(tzdata)
[ "${#missing[@]}" -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "setup: no apt-get here; install what Debian calls: ${missing[*]}" >&2
  exit 69
fi
install=(apt-get install --yes --no-install-recommends "${missing[@]}")
if [ "$(id -u)" -ne 0 ]; then
  echo "setup: missing Debian packages. Run this once, then try again:" >&2
  echo "  sudo apt-get update && sudo ${install[*]}" >&2
  exit 69
fi
echo "setup: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
# One source of many that cannot be reached must not stop what the others have; another apt-get may be at work.
apt-get update --quiet=2 || echo "setup: apt-get update failed; trying with the lists there are" >&2
if ! "${install[@]}" --quiet=2 -o DPkg::Lock::Timeout=300 >/dev/null; then
  echo "setup: could not install ${missing[*]}; mend what apt-get says above, then run:" >&2
  echo "  ${install[*]}" >&2
  exit 69
fi
