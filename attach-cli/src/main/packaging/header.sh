#!/bin/sh
# jtracer: this file is a shell script with a jar behind it.
# It finds Java and uses an archive of loaded classes of its own, which makes it start in half the time.
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
[ "$PWD" -ef . ] 2>/dev/null
[ $? -ne 1 ] || { # a shell that cannot tell says 2
    echo "jtracer: The current folder has been deleted; no Java starts in it." >&2
    echo "  Go to another one: cd" >&2
    exit 2
}
self=$0
[ ! -h "$self" ] || self=$(readlink -f -- "$self" 2>/dev/null) || self=$0
case $self in /*) ;; *) self=$PWD/$self ;; esac
cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/jtracer
# The jar's and the JVM's size and time: others have archives of their own.
key=
# What an archive says is run: root, with somebody else's HOME (sudo), takes none from there.
if [ -z "${JTRACER_NO_CACHE:-}" ] && [ -O "${XDG_CACHE_HOME:-${HOME:-/nonexistent}}" ] 2>/dev/null; then
    key=$(stat -Lc '%s-%Y' -- "$self" "$java" 2>/dev/null)
fi
archive=$cache/${key%%
*}-${key##*
}
# The properties keep reflection, of which reading the options is made, from making classes.
options="-XX:+UseSerialGC -XX:-UsePerfData
    -Djdk.reflect.useNativeAccessorOnly=true -Dsun.reflect.inflationThreshold=1000000"
# What is short starts sooner with the first compiler alone; a large file is read faster with both.
first_compiler=-XX:TieredStopAtLevel=1
case ${1:-} in
    report | view | convert | combine | diff | recover) compilers=-XX:+TieredCompilation ;;
    *) compilers=$first_compiler ;;
esac
set -- $compilers $options -Xmx512m -Xlog:disable -Xlog:all=error:stderr -jar "$self" "$@"
if [ -z "$key" ]; then
    :
elif [ -f "$archive.aot" ]; then
    set -- "-XX:AOTCache=$archive.aot" "$@"
elif [ -f "$archive.jsa" ]; then
    set -- "-XX:SharedArchiveFile=$archive.jsa" "$@"
elif [ -e "$archive.none" ]; then
    : # this Java makes none
elif mkdir -p "$cache" 2>/dev/null && mkdir "$archive.lock" 2>/dev/null; then
    # Made beside the first run, which does not wait for it, from a rehearsal with a JVM of its own.
    # JDK 25 and later make the better kind.
    (
        unset JTRACER_OPTIONS
        for kind in aot:AOTCacheOutput jsa:ArchiveClassesAtExit; do
            nice "$java" "-XX:${kind##*:}=$archive.part" $first_compiler $options -cp "$self" io.github.jtracer.cli.Rehearsal
            # JDK 17 crashes on one that was cut short by a power failure.
            [ -f "$archive.part" ] && sync "$archive.part" &&
                mv -f "$archive.part" "$archive.${kind%%:*}" && break
        done || : >"$archive.none"
        rmdir "$archive.lock"
        find "$cache" -mindepth 1 -atime +60 -exec rm -rf {} +
    ) >/dev/null 2>&1 </dev/null &
else
    # Somebody is at it, or was killed meanwhile.
    find "$archive.lock" -maxdepth 0 -mmin +10 -exec rmdir {} + 2>/dev/null
fi
exec "$java" "$@"
