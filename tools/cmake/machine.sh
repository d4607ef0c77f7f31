# Sourced by tools/demo and tools/test: what a bare Debian 12 lacks, and how a phase is told.

build_packages=(g++ cmake ninja-build pkg-config libboost-dev libhowardhinnant-date-dev libdeflate-dev
  nlohmann-json3-dev libtomlplusplus-dev libcli11-dev libxlsxwriter-dev libsqlite3-dev sqlite3 zlib1g-dev)
test_packages=(clang-14 libclang-rt-14-dev clang-format-14 doctest-dev python3 python3-openpyxl python3-xlsxwriter
  python3-jsonschema glpk-utils libreoffice-calc-nogui)
# The offline page: the compiler for WebAssembly, and a browser to drive it in. Node 20 may come from elsewhere than Debian.
page_packages=(dpkg-dev emscripten libdeflate-tools chromium)
command -v npm >/dev/null || page_packages+=(nodejs npm)

# need PACKAGE…: installs those that are not there, without a question. Elsewhere than on Debian it leaves that to the reader.
need() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if ! command -v apt-get >/dev/null; then
    echo "This is no Debian; please see to these yourself: ${missing[*]}" >&2
    return
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "Not root, and no sudo. As root: apt-get install ${missing[*]}" >&2
      return 1
    }
    as_root=(sudo)
  fi
  echo "installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "apt-get could not install all of: ${missing[*]}" >&2
    return 1
  fi
  rm -f "$log"
}

# phase WORDS…: announces what comes, and how long the phase before took.
phase_began=
phase() {
  local now
  now=$(date +%s)
  [ -z "$phase_began" ] || echo "   ($((now - phase_began)) s)"
  phase_began=$now
  [ $# -eq 0 ] || echo "== $*"
}

# configure FOLDER OPTION…: with ccache where there is one. Says nothing unless it fails.
configure() {
  local folder=$1 launcher=() said
  shift
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  if ! said=$(cmake -S . -B "$folder" -G Ninja "${launcher[@]}" "$@" 2>&1); then
    echo "$said" >&2
    return 1
  fi
}

# minutes SECONDS: what takes so many seconds of one core, in minutes on the cores here.
minutes() {
  echo "about $((($1 / $(nproc) + 59) / 60)) minutes on $(nproc) cores"
}

# told LOG: passes on how far the build is, every tenth of it, and keeps all of it in LOG.
told() {
  local line tenth last=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$1"
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    tenth=$((10 * BASH_REMATCH[1] / BASH_REMATCH[2]))
    [ "$tenth" -le "$last" ] || printf ' %d%%' $((tenth * 10))
    last=$tenth
  done
  [ "$last" -eq 0 ] || echo
}

# build FOLDER TARGET…: how far it is; the compiler's words only where it fails.
build() {
  local folder=$1 log=$1/build.log
  shift
  : >"$log"
  if ! cmake --build "$folder" --target "$@" -- -k 0 2>&1 | told "$log"; then
    grep -v '^\[[0-9]*/[0-9]*\] \(Building\|Linking\)' "$log" | head -n 200 >&2
    return 1
  fi
}
