package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.jtracer.trace.SyntheticRecording;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page adds up as the report does, whatever calls are in one another. */
class ViewerNestingTest {
    private static final long THREAD = 1;

    @TempDir static Path directory;

    private static Browser browser;

    private final SyntheticRecording recording = new SyntheticRecording(256, 100, 1_000);
    private final int outer = recording.method("com.acme.Shop", "outer", "()V");
    private final int inner = recording.method("com.acme.Shop", "inner", "()V");
    private final int deep = recording.method("com.acme.Shop", "deep", "()V");
    private final int work = recording.method("com.acme.Order", "work", "()V");
    private final int detail = recording.method("com.acme.Order", "detail", "()V");

    @BeforeAll
    static void openBrowser() {
        browser = new Browser();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void complainsAboutNothing() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void whatBeganBeforeTheRecordingIsAroundWhatCameAfter() throws Exception {
        work(3);
        exit(inner);
        work(2);
        exit(outer);
        work(1);
        work(2);

        for (Path page : pages("inside")) {
            browser.open(page, "");
            browser.screenshot("inside");

            assertAddsUpAsTheReport(page);
            assertThat(rowsOf("com.acme.Shop.outer")).containsExactly(0L);
            assertThat(rowsOf("com.acme.Shop.inner")).containsExactly(1L);
            assertThat(rowsOf("com.acme.Order.work")).containsExactly(0L, 0L, 1L, 2L);
            assertThat(browser.number("jtracer.tracks[0].rows")).isEqualTo(4);
        }
    }

    @Test
    void whatBeganUnseenInsideAKnownCallIsAroundItsCalleesOnly() throws Exception {
        enter(outer);
        work(1);
        enter(inner);
        work(2);
        exit(deep);
        work(1);
        exit(inner);
        work(2);
        exit(outer);
        work(1);

        for (Path page : pages("within")) {
            browser.open(page, "");

            assertAddsUpAsTheReport(page);
            assertThat(rowsOf("com.acme.Shop.deep")).containsExactly(2L);
            assertThat(rowsOf("com.acme.Order.work")).containsExactly(0L, 1L, 1L, 2L, 3L);
        }
    }

    @Test
    void processesShareMethodsButNoThreads() throws Exception {
        work(3);
        Path one = TestTraces.write(recording, directory, "one.html");
        Path page = directory.resolve("two.html");
        Converter.combine(List.of(one, one), page);

        browser.open(page, "");

        assertAddsUpAsTheReport(page);
        assertThat(browser.number("jtracer.result.methods.length")).isEqualTo(2);
        assertThat((String) browser.js("jtracer.tracks.map(t => t.sub).join()"))
                .matches("#1 of \\d+,#1 of \\d+");
    }

    @Test
    void theMeanIsOfAllCallsOfAMethodRecursiveOnesToo() throws Exception {
        for (int i = 0; i < 5; i++) {
            enter(work);
        }
        for (int i = 0; i < 5; i++) {
            exit(work);
        }
        work(2);
        Path page = TestTraces.write(recording, directory, "recursive.html");

        browser.open(page, "#tab=methods");

        assertAddsUpAsTheReport(page);
        assertThat(browser.text("methods")).contains(" 6 44 ns");
    }

    /** More slices than a block has, so that what is around is in a later block. */
    @Test
    void whatIsAroundMayBeBlocksLater() throws Exception {
        SyntheticRecording large = new SyntheticRecording(4096, 1_000, 1_000);
        int around = large.method("com.acme.Shop", "around", "()V");
        int call = large.method("com.acme.Shop", "call", "()V");
        for (int i = 0; i < 300_000; i++) {
            large.ticks += 5;
            large.enter(THREAD, THREAD, call);
            large.ticks += 10;
            large.exit(THREAD, THREAD, call);
        }
        large.exit(THREAD, THREAD, around);
        large.ticks += 5;
        large.enter(THREAD, THREAD, call);
        large.ticks += 10;
        large.exit(THREAD, THREAD, call);
        Path page = TestTraces.write(large, directory, "blocks.html");

        browser.open(page, "");

        assertAddsUpAsTheReport(page);
        assertThat(browser.number("jtracer.tracks[0].start[1]")).isEqualTo(2);
    }

    /** As it was recorded, and as it is after it was JSON. */
    private List<Path> pages(String name) throws Exception {
        Path page = TestTraces.write(recording, directory, name + ".html");
        Path json = TestTraces.write(recording, directory, name + ".json");
        Path again = directory.resolve(name + "-json.html");
        Converter.convert(json, again);
        return List.of(page, again);
    }

    private static void assertAddsUpAsTheReport(Path page) throws Exception {
        List<Tuple> expected;
        try (Trace trace = Trace.open(page)) {
            expected =
                    Reports.of(trace, 0, null).methods().stream()
                            .map(m -> tuple(m.name(), m.self(), m.total(), m.count(), m.mean()))
                            .toList();
        }
        @SuppressWarnings("unchecked")
        List<List<Object>> methods =
                (List<List<Object>>)
                        browser.js(
                                "jtracer.result.methods.map(m => [jtracer.trace.names[m.name].label,"
                                        + " m.self, m.total, m.count, Math.floor(m.mean)])");
        assertThat(methods)
                .extracting(
                        m ->
                                tuple(
                                        m.get(0),
                                        number(m, 1),
                                        number(m, 2),
                                        number(m, 3),
                                        number(m, 4)))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static long number(List<Object> values, int index) {
        return ((Number) values.get(index)).longValue();
    }

    /** In which rows the method's calls are. */
    @SuppressWarnings("unchecked")
    private static List<Long> rowsOf(String method) {
        return (List<Long>)
                browser.js(
                        "[...jtracer.trace.what.keys()].filter(i => jtracer.trace.names["
                                + "jtracer.trace.what[i] & 0x7ffffff].label === '"
                                + method
                                + "').map(i => jtracer.placeOf(i).row)");
    }

    /** A call that makes so many others. */
    private void work(int details) {
        enter(work);
        for (int i = 0; i < details; i++) {
            enter(detail);
            exit(detail);
        }
        exit(work);
    }

    private void enter(int method) {
        recording.ticks += 7;
        recording.enter(THREAD, THREAD, method);
    }

    private void exit(int method) {
        recording.ticks += 10;
        recording.exit(THREAD, THREAD, method);
    }
}
