package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build packs, as it is used by those who install it. */
class InstallIT {
    private static final Path BUILT = Path.of(System.getProperty("jtracer.jar")).getParent();

    @TempDir Path folder;

    @Test
    void theDebianPackageIsInstalledAndRemoved() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg")), "needs dpkg");
        for (String needed : List.of("updates", "info")) {
            Files.createDirectories(folder.resolve("var/lib/dpkg").resolve(needed));
        }
        Files.createFile(folder.resolve("var/lib/dpkg/status"));
        String root = "--root=" + folder;

        // This root has no Java of its own: the one outside is used.
        run("dpkg", root, "--force-depends", "-i", built("_all.deb").toString());
        assertThat(run(folder.resolve("usr/bin/jtracer").toString(), "--version"))
                .startsWith("jtracer ");
        assertShares(folder.resolve("usr/share"), "zsh/vendor-completions/_jtracer");
        assertThat(run("dpkg", root, "-s", "jtracer")).contains("Status: install ok installed");

        run("dpkg", root, "-r", "jtracer");
        assertThat(folder.resolve("usr/bin/jtracer")).doesNotExist();
        assertThat(folder.resolve("usr/share/man/man1/jtracer.1.gz")).doesNotExist();
    }

    @Test
    void theTarIsUnpackedAndRuns() throws Exception {
        run("tar", "-xzf", built(".tar.gz").toString(), "-C", folder.toString());
        Path unpacked = folder.resolve(Traces.filesIn(folder).get(0));
        assertThat(run(unpacked.resolve("bin/jtracer").toString(), "--version"))
                .startsWith("jtracer ");
        assertShares(unpacked.resolve("share"), "zsh/site-functions/_jtracer");
    }

    /** Made by the first run, beside it, and used by the next. */
    @Test
    void anArchiveOfLoadedClassesIsMadeAndUsed() throws Exception {
        Path cache = folder.resolve(".cache/jtracer");
        assertThat(traced()).doesNotContain("AOTCache=", "SharedArchiveFile=");
        List<String> files = List.of();
        while (files.size() != 1 || !files.get(0).matches(".*\\.(aot|jsa)")) {
            assertThat(files).noneMatch(name -> name.endsWith(".none"));
            Thread.sleep(50);
            files = Files.isDirectory(cache) ? Traces.filesIn(cache) : List.of();
        }
        Path archive = cache.resolve(files.get(0));
        assertThat(traced()).contains("=" + archive);
    }

    /** An archive is as good as a program: nobody runs one of another user's. */
    @Test
    void whoseHomeIsAnothersUsesNoArchive() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Files.setAttribute(folder, "unix:uid", 65534);
        assertThat(traced()).doesNotContain("AOTCache=", "SharedArchiveFile=");
        assertThat(folder).isEmptyDirectory();
    }

    /** What the shell says that it does to show the version. */
    private String traced() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                                "sh", "-x", BUILT.resolve("dist/jtracer").toString(), "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                folder.resolveSibling(folder.getFileName() + ".said").toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().remove("JTRACER_NO_CACHE");
        assertThat(builder.start().waitFor()).isZero();
        Path said = folder.resolveSibling(folder.getFileName() + ".said");
        String text = Files.readString(said);
        Files.delete(said);
        return text;
    }

    /** The shell itself is asked what it would offer. */
    @Test
    void bashCompletes() throws Exception {
        String script =
                "compopt() { :; }; source dist/jtracer.bash; COMP_WORDS=(jtracer --uninst); COMP_CWORD=1;"
                        + " _complete_jtracer; echo \"${COMPREPLY[@]}\"";
        assertThat(run("bash", "-c", script.replace("dist", BUILT.resolve("dist").toString())))
                .startsWith("--uninstall");
    }

    /** A zsh with a terminal gets a TAB. */
    @Test
    void zshCompletes() throws Exception {
        assumeTrue(
                Stream.of("/bin/zsh", "/usr/bin/zsh").anyMatch(zsh -> Files.exists(Path.of(zsh))),
                "needs zsh");
        Path script = folder.resolve("ask.zsh");
        Files.writeString(
                script,
                """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                zpty -w shell 'PS1=ready; fpath=(FOLDER $fpath); autoload -Uz compinit; compinit -D -u'
                zpty -r shell answer '*ready*ready*'
                zpty -w -n shell $'jtracer conv\t'
                zpty -r shell answer '*convert*'
                print -r -- $answer
                zpty -d shell
                """
                        .replace("FOLDER", BUILT.resolve("dist").toString()));
        assertThat(run("timeout", "20", "zsh", "-f", script.toString())).contains("convert");
    }

    private static void assertShares(Path share, String zsh) throws Exception {
        Path manual = share.resolve("man/man1/jtracer.1.gz");
        assertThat(run("gzip", "-cd", manual.toString()))
                .startsWith(".TH JTRACER 1")
                .contains("jtracer recover");
        run("bash", "-n", share.resolve("bash-completion/completions/jtracer").toString());
        assertThat(share.resolve(zsh)).content().startsWith("#compdef jtracer");
    }

    private static Path built(String ending) throws IOException {
        return BUILT.resolve(
                Traces.filesIn(BUILT).stream()
                        .filter(name -> name.endsWith(ending))
                        .findFirst()
                        .orElseThrow());
    }

    /** What it prints; it must end well. */
    private static String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JTRACER_NO_CACHE", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
