#!/bin/sh
# Gets what tests need beside Python: redis-server, chromium, curl, node, openssl.
set -eu

wanted=""
command -v redis-server >/dev/null 2>&1 || wanted="$wanted redis-server"
command -v openssl >/dev/null 2>&1 || wanted="$wanted openssl"
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
command -v curl >/dev/null 2>&1 || wanted="$wanted curl"
command -v node >/dev/null 2>&1 || wanted="$wanted nodejs"
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Tests that need these are skipped; to run them, install:$wanted"
    echo "(on Debian: sudo apt-get install --no-install-recommends$wanted)"
    exit 0
fi

# A service of the system's own would listen on Redis' usual port.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
fi
echo "Installing for the tests:$wanted"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of names
apt-get update -qq && apt-get install -y -qq --no-install-recommends $wanted >/dev/null ||
    echo "Could not install:$wanted; tests that need these are skipped"
