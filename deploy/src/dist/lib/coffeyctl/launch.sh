# Read by bin/coffeyctl and bin/coffeyd, which set `program` and `home`.
# A launcher's time is start-up time: on the usual ways no process is started here but java, and
# that one takes this one's place, so that signals and a parent that waits meet the program itself.

fail() {
  printf '%s: %s\n' "$program" "$@" >&2
  exit 1
}

# Every Java home has a release file; the shell reads it faster than java would start.
# Sets java_build, the exact version, of which the archives carry the name.
read_release() {
  java_build='' java_feature=''
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while read -r line; do
    case $line in
      JAVA_RUNTIME_VERSION=*) java_build=${line#*=} ;;
      'JAVA_VERSION="25'[!0-9]*) java_feature=25 ;;
    esac
  done <"$1/release"
  java_build=${java_build#\"} java_build=${java_build%\"}
}

is_java_25() {
  read_release "$1" && [ -n "$java_feature" ]
}

# Sets java_home. The home that COFFEY_JAVA_HOME names is believed, whatever its version.
find_java() {
  if [ -n "${COFFEY_JAVA_HOME:-}" ]; then
    java_home=$COFFEY_JAVA_HOME
    [ -x "$java_home/bin/java" ] ||
      fail "cannot run Java: COFFEY_JAVA_HOME is '$java_home', but there is no bin/java in it"
    read_release "$java_home" || :
    return
  fi
  for java_home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/local/lib/jvm/*25* /opt/*25* \
    /opt/java/openjdk "${HOME:-}"/.sdkman/candidates/java/25* "${HOME:-}"/.jdks/*25*; do
    if [ -n "$java_home" ] && is_java_25 "$java_home"; then
      return
    fi
  done
  if java=$(command -v java); then
    java=$(readlink -f "$java")
    java_home=${java%/bin/java}
    if is_java_25 "$java_home"; then
      return
    fi
  fi
  fail "cannot find Java 25" \
    "install it (Debian and Ubuntu: openjdk-25-jre-headless or temurin-25-jre; Fedora: java-25-openjdk-headless)" \
    "or name the one you have: COFFEY_JAVA_HOME=/path/to/java-25"
}

# run_java PART FLAGS… JAR ARGUMENTS…
# Where lib/PART has an archive of parsed classes that was made by this Java (lib/make-archives), it
# is used. The virtual machine checks it against the size and the time of each jar and goes on
# without it where it does not fit; -Xlog:disable keeps its remarks out of standard output.
run_java() {
  part=$1
  shift
  find_java
  # Without a locale Java would take every letter beyond ASCII for a question mark, in file names too.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
  esac
  archive=$home/lib/$part/$part-$java_build.jsa
  if [ -r "$archive" ]; then
    set -- -XX:SharedArchiveFile="$archive" "$@"
  fi
  # shellcheck disable=SC2086 # options are words
  exec "$java_home/bin/java" -Xlog:disable -XX:+DisplayVMOutputToStderr -XX:+UseSerialGC \
    -XX:TieredStopAtLevel=1 -XX:-UsePerfData --sun-misc-unsafe-memory-access=allow \
    ${COFFEY_JAVA_OPTIONS:-} "$@"
}

# A verb, under the name it was called by: those about files are the daemon's program, all others
# the client.
run_client() {
  case ${1:-} in
    validate | config | schema | init | explain)
      # What is read of a configuration stays until the end: with room for all that most of them take,
      # nothing is moved, and what exceeds it is moved once. Only room that is used is taken from the
      # system. ArchiveRelocationMode as in bin/coffeyd.
      run_java coffeyd -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
        -Xmx640m -Xmn320m -XX:SurvivorRatio=30 -XX:MaxTenuringThreshold=0 -Xss512k -Dcoffey.program="$program" \
        -jar "$home/lib/coffeyd/quarkus-run.jar" "$@"
      ;;
  esac
  run_java coffeyctl -Xmx64m -Xss512k -Dcoffey.program="$program" -Dcoffey.home="$home" \
    -jar "$home/lib/coffeyctl/coffey-ctl-@version@.jar" "$@"
}
