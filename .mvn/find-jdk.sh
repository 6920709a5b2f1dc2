# Sourced by ./mvnw and ./sabot (POSIX sh): sets JAVA_HOME to a JDK of at least the wanted version,
# or prints one line that says what is missing and ends the calling script.
#
# The version is read from the JDK's `release` file: starting a JVM to ask costs 50 ms each.

SABOT_JDK=25

# Whether $1 is the home of a JDK (with a compiler) that is new enough.
sabot_is_jdk() {
  [ -x "$1/bin/javac" ] || return 1
  sabot_version=
  if [ -r "$1/release" ]; then
    sabot_version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release")
  else
    sabot_version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  fi
  [ "${sabot_version:-0}" -ge "$SABOT_JDK" ]
}

# Prints the home of the `java` on PATH, with its links resolved.
sabot_java_on_path() {
  sabot_java=$(command -v java) || return 0
  sabot_java=$(readlink -f "$sabot_java" 2>/dev/null) || return 0
  dirname "$(dirname "$sabot_java")"
}

sabot_find_jdk() {
  for sabot_home in "${JAVA_HOME:-}" "$(sabot_java_on_path)" \
    /usr/lib/jvm/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$sabot_home" ] && sabot_is_jdk "$sabot_home"; then
      JAVA_HOME=$sabot_home
      export JAVA_HOME
      return 0
    fi
  done
  echo "sabot: needs a JDK $SABOT_JDK or newer and found none; install Temurin $SABOT_JDK" \
    "(https://adoptium.net, or: sdk install java $SABOT_JDK-tem) or set JAVA_HOME" >&2
  return 1
}

sabot_find_jdk || exit 1
