# What the tests of a running server have in common. Each `run` begins with
#     source "$(dirname "$0")/…/prepare.sh"
# ISNAD_URL names the server, which has the samples, ISNAD_KEY is a key that may publish and ISNAD_ADMIN_KEY one that may do
# everything. ISNAD_BUILD names a folder of the test's own to install and build in; unless set, there is a temporary one. Nothing
# is written into the source tree.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if [ -z "${ISNAD_BUILD:-}" ]; then
    ISNAD_BUILD=$(mktemp -d)
    trap 'rm -rf "$ISNAD_BUILD"' EXIT
fi
mkdir -p "$ISNAD_BUILD"
ISNAD_BUILD=$(cd "$ISNAD_BUILD" && pwd)
export ISNAD_BUILD
export PYTHONDONTWRITEBYTECODE=1 # nothing beside the sources
export PIP_QUIET=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_COMPILE=1

# The address of the server, which must be named.
needs_server() {
    if [ -z "${ISNAD_URL:-}" ]; then
        echo "ISNAD_URL must name a running server that has the samples, such as http://127.0.0.1:8080" >&2
        exit 2
    fi
    export ISNAD_URL=${ISNAD_URL%/}
}

# needs PACKAGE COMMAND…: where the command fails, installs Debian's package.
needs() {
    local package=$1
    shift
    ! "$@" >/dev/null 2>&1 || return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "install the package $package: this failed: $*" >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
}

# The packages of the test's lockfile, into the present folder. No install scripts: the only ones there are report home
# or download a browser.
install_npm() {
    needs nodejs node --version
    needs npm npm --version
    cp "$here"/package.json "$here"/package-lock.json .
    npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
}

# A Python environment with the test's requirements, all of which are named and pinned, in `python` of the present folder.
install_python() {
    needs python3-venv python3 -c 'import ensurepip'
    python3 -m venv python
    python/bin/pip install --no-deps --requirement "$here/requirements.txt"
}

# The server's document, as `openapi.json` in the present folder.
fetch_document() {
    needs curl curl --version
    curl --silent --show-error --fail --max-time 10 --output openapi.json "$ISNAD_URL/openapi.json"
}

# generate_client [PATTERN…]: has openapi-generator make `generated` of `openapi.json`, as generator.yaml says. Whatever it
# warns of is an error, but for what a pattern names, and that it calls its own support of OpenAPI 3.1 beta.
generate_client() {
    local passed=(-e 'OpenAPI 3.1 support is still in beta') pattern
    for pattern in "$@"; do
        passed+=(-e "$pattern")
    done
    needs openjdk-17-jre-headless java -version
    rm -rf generated
    java -jar python/lib/python3*/site-packages/openapi_generator_cli/openapi-generator.jar generate \
        --config "$here/generator.yaml" --input-spec openapi.json --output generated >generator.log 2>&1 ||
        { cat generator.log >&2; return 1; }
    if grep -E ' (WARN|ERROR) ' generator.log | grep -v "${passed[@]}" >&2; then
        return 1
    fi
}
