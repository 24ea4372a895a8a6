#!/bin/sh
# jtracer: this file is a shell script with a jar behind it.
# It finds Java and uses a class data archive of its own, which makes it start in half the time.
set -u
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
else
    java=$(command -v java) || {
        echo "jtracer: There is no Java here." >&2
        echo "  Install Java 17 or later, or set JAVA_HOME." >&2
        exit 2
    }
fi
self=$(readlink -f -- "$0" 2>/dev/null || echo "$0")
# What is short starts sooner with the first compiler alone; a large file is read faster with both.
case ${1:-} in
    report | view | convert | combine | diff | recover) compilers=-XX:+TieredCompilation ;;
    *) compilers=-XX:TieredStopAtLevel=1 ;;
esac
set -- "$compilers" -XX:+UseSerialGC -Xmx512m -Xlog:disable -Xlog:all=error:stderr -jar "$self" "$@"
cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/jtracer
key=$(stat -Lc '%s-%Y' -- "$self" "$java" 2>/dev/null | tr '\n' '-')
if [ -n "$key" ] && [ -z "${JTRACER_NO_CACHE:-}" ]; then
    archive=$cache/$key.jsa
    if [ -f "$archive" ]; then
        set -- "-XX:SharedArchiveFile=$archive" "$@"
    elif mkdir -p "$cache" 2>/dev/null && mkdir "$archive.lock" 2>/dev/null; then
        # Made beside the first run, which does not wait for it; asking for a JVM that is not there
        # loads what every run loads, and touches nothing.
        (
            nice "$java" "-XX:ArchiveClassesAtExit=$archive.part" -XX:TieredStopAtLevel=1 \
                -XX:+UseSerialGC -jar "$self" --attach "no JVM has this name" >/dev/null 2>&1 </dev/null
            mv -f "$archive.part" "$archive" 2>/dev/null
            rmdir "$archive.lock"
        ) >/dev/null 2>&1 </dev/null &
    fi
fi
exec "$java" "$@"
