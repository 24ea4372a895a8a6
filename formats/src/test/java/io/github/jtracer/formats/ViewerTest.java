package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jtracer.formats.Report.MethodTimes;
import io.github.jtracer.trace.Collected;
import io.github.jtracer.trace.SyntheticRecording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.WheelInput;

/** The page, in a real browser, from a disk. */
class ViewerTest {
    @TempDir static Path directory;

    private static Browser browser;
    private static SyntheticRecording eventful;
    private static Path page;

    @BeforeAll
    static void openBrowser() throws Exception {
        browser = new Browser();
        eventful = TestTraces.eventful(5);
        page = TestTraces.write(eventful, directory, "eventful.html");
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
    void showsAllCallsOfAllThreads() throws Exception {
        Collected all = Collected.of(eventful.file(directory));

        browser.open(page, "");
        browser.screenshot("eventful");

        assertThat(browser.number("jtracer.trace.size"))
                .isEqualTo(all.slices.size() + all.own.size());
        assertThat(browser.number("jtracer.tracks.reduce((n, t) => n + t.threads.length, 0)"))
                .isEqualTo(all.threads.size());
        assertThat(browser.text("about")).contains("pid 4711", "16 threads");
        assertThat(browser.element("lost").isDisplayed()).isFalse();
        assertThat(coloredPixels()).isGreaterThan(2_000);
    }

    @Test
    void takesNothingFromAnywhereElse() throws Exception {
        browser.open(page, "");

        assertThat(browser.number("performance.getEntriesByType('resource').length")).isZero();
        assertThat(Files.readString(page, StandardCharsets.UTF_8))
                .doesNotContain("http://", "https://", "src=", "@import");
    }

    @Test
    void addsUpAsTheReportDoes() throws Exception {
        Report report = Reports.of(Trace.open(page), 0, null);

        browser.open(page, "");

        @SuppressWarnings("unchecked")
        List<List<Object>> methods =
                (List<List<Object>>)
                        browser.js(
                                "jtracer.result.methods.map(m => [jtracer.trace.names[m.name].label,"
                                        + " m.self, m.total, m.count])");
        assertThat(methods)
                .extracting(
                        m -> (String) m.get(0),
                        m -> ((Number) m.get(1)).longValue(),
                        m -> ((Number) m.get(2)).longValue(),
                        m -> ((Number) m.get(3)).longValue())
                .containsExactlyInAnyOrderElementsOf(
                        report.methods().stream().map(ViewerTest::row).toList());
    }

    @Test
    void tellsEverythingAboutACallThatIsClicked() throws Exception {
        Collected all = Collected.of(eventful.file(directory));
        Collected.Slice call = all.slice("com.acme.Order.add(int)");
        browser.open(page, "#v=" + (call.begin() - 100) + "-" + (call.end() + 100) + "&h=15");

        int id = idOf(call);
        browser.js("jtracer.select(-1)");
        Map<?, ?> at =
                (Map<?, ?>)
                        browser.js(
                                "(() => { const p = jtracer.placeOf("
                                        + id
                                        + "); jtracer.view.scroll = 0; jtracer.draw(); return {x: jtracer.xAt("
                                        + (call.begin() + 20)
                                        + "), y: p.track.y + p.row * jtracer.view.row - jtracer.view.scroll"
                                        + " + 20 + 7}; })()");
        browser.moveTo(((Number) at.get("x")).doubleValue(), ((Number) at.get("y")).doubleValue())
                .click()
                .perform();

        assertThat(browser.text("call"))
                .contains("com.acme.Order.add(int)", "main #1", "calls like it", "</script>")
                .contains("150 ns", "100 ns", "called by", "checkout");
    }

    @Test
    void zoomsAtThePointerAndPansWithTheKeyboard() throws Exception {
        browser.open(page, "");
        double before = ((Number) browser.js(timeAt(800))).doubleValue();
        double span = ((Number) browser.js("jtracer.view.to - jtracer.view.from")).doubleValue();

        browser.actions()
                .scrollFromOrigin(
                        WheelInput.ScrollOrigin.fromElement(
                                browser.element("timeline"),
                                800 - browser.element("timeline").getSize().getWidth() / 2,
                                0),
                        0,
                        -200)
                .perform();

        double zoomed = ((Number) browser.js("jtracer.view.to - jtracer.view.from")).doubleValue();
        assertThat(zoomed).isLessThan(span * 0.8);
        assertThat(((Number) browser.js(timeAt(800))).doubleValue())
                .isCloseTo(before, within(zoomed / 500));
        browser.keys("d");
        assertThat(browser.number("jtracer.view.from")).isPositive();
        browser.keys("0");
        assertThat(((Number) browser.js("jtracer.view.to - jtracer.view.from")).doubleValue())
                .isCloseTo(span, within(1.0));
        browser.keys("w");
        assertThat(((Number) browser.js("jtracer.view.to - jtracer.view.from")).doubleValue())
                .isCloseTo(span * 0.7, within(span / 100));
    }

    @Test
    void isUsableWithTheKeyboardAlone() throws Exception {
        browser.open(page, "");

        browser.keys(Keys.ARROW_DOWN);
        long first = browser.number("jtracer.view.selected");
        browser.keys(Keys.ARROW_DOWN);
        long inside = browser.number("jtracer.view.selected");
        assertThat(inside).isNotEqualTo(first);
        browser.keys(Keys.ARROW_UP);
        assertThat(browser.number("jtracer.view.selected")).isEqualTo(first);
        browser.keys(Keys.PAGE_DOWN);
        assertThat(
                        browser.number(
                                "jtracer.tracks.indexOf(jtracer.placeOf(jtracer.view.selected).track)"))
                .isEqualTo(1);
        browser.keys("m");
        browser.settle();
        assertThat(browser.text("scope")).startsWith("Range of");
        browser.keys("?");
        assertThat(browser.element("keys").isDisplayed()).isTrue();
        browser.keys(Keys.ESCAPE);
        browser.keys("4");
        assertThat(browser.element("flamegraph").isDisplayed()).isTrue();
    }

    @Test
    void countsAndLightsMatches() throws Exception {
        Collected all = Collected.of(eventful.file(directory));
        long expected = all.slices.stream().filter(s -> s.name().contains("C2.m7")).count();
        browser.open(page, "");

        browser.keys("/");
        browser.element("search").sendKeys("c2.M7");

        assertThat(browser.text("matches")).isEqualTo(expected + " calls");
        browser.settle();
        browser.screenshot("search");
        browser.keys(Keys.ENTER);
        assertThat(browser.text("matches")).isEqualTo("1 of " + expected + " calls");
        assertThat(browser.text("call")).contains("com.acme.p1.C2.m7");
        browser.keys(Keys.ESCAPE);
        assertThat(browser.text("matches")).isEmpty();
    }

    @Test
    void addsUpARangeThatIsDragged() throws Exception {
        Collected all = Collected.of(eventful.file(directory));
        browser.open(page, "");

        browser.actions().keyDown(Keys.SHIFT).perform();
        browser.moveTo(500, 200).clickAndHold().moveByOffset(300, 0).release().perform();
        browser.actions().keyUp(Keys.SHIFT).perform();
        browser.settle();
        browser.screenshot("range");

        double from = ((Number) browser.js("jtracer.view.range[0]")).doubleValue();
        double to = ((Number) browser.js("jtracer.view.range[1]")).doubleValue();
        long expected =
                Stream.concat(all.slices.stream(), all.own.stream())
                        .filter(s -> s.end() > from && s.begin() < to)
                        .count();
        assertThat(to - from).isPositive();
        assertThat(browser.number("jtracer.result.calls")).isEqualTo(expected);
        assertThat(browser.text("methods")).contains("Self", "Total", "com.acme");
        browser.tab("path");
        assertThat(browser.text("path")).contains("com.acme");
        browser.tab("flame");
        assertThat(browser.number("jtracer.flameBoxes.length")).isGreaterThan(5);
        browser.screenshot("flame");
    }

    @Test
    void comesBackToTheViewInItsAddress() throws Exception {
        browser.open(page, "#v=1000-90000&h=9&s=7&q=m7&r=2000-50000&tab=methods&dark=1");
        browser.screenshot("dark");

        assertThat(browser.number("jtracer.view.from")).isEqualTo(1000);
        assertThat(browser.number("jtracer.view.selected")).isEqualTo(7);
        assertThat(browser.element("search").getAttribute("value")).isEqualTo("m7");
        assertThat(browser.text("scope")).startsWith("Range of 48.00 µs from 2.000 µs");
        assertThat(browser.element("methods").isDisplayed()).isTrue();
        assertThat((String) browser.js("document.documentElement.className")).isEqualTo("dark");
        browser.keys("d");
        browser.settle();
        assertThat((String) browser.js("location.hash"))
                .contains("q=m7", "r=2000-50000")
                .doesNotContain("v=1000-");
    }

    @Test
    void listsTheSlowestCallsAsTheReportDoes() throws Exception {
        Report report = Reports.of(Trace.open(page), 20, null);
        browser.open(page, "#tab=slowest");

        @SuppressWarnings("unchecked")
        List<Long> durations =
                (List<Long>)
                        browser.js(
                                "jtracer.result.slowest.slice(0, 20)"
                                        + ".map(i => jtracer.trace.end[i] - jtracer.trace.begin[i])");
        assertThat(durations)
                .isEqualTo(report.slowest().stream().map(Report.SlowCall::duration).toList());
        browser.js("document.querySelector('#slowest a').click()");
        assertThat(browser.text("call")).contains(report.slowest().get(0).name());
    }

    @Test
    void showsTheSlowestCallsFirstAndWhatOthersDidMeanwhile() throws Exception {
        SyntheticRecording shop = new SyntheticRecording(256, 100, 1_000);
        int rate = shop.method("com.acme.Rates", "rate", "()V");
        int fetch = shop.method("com.acme.Bank", "fetch", "()V");
        int offer = shop.method("com.acme.Catalogue", "offer", "()V");
        for (int thread = 1; thread <= 4; thread++) {
            shop.platformThread(thread, "exec-" + thread);
        }
        shop.enter(1, 1, rate);
        shop.enter(1, 1, fetch);
        shop.ticks += 100_000;
        shop.enter(2, 2, offer);
        shop.enter(3, 3, offer);
        shop.ticks += 5_000_000;
        shop.exit(1, 1, fetch);
        shop.exit(1, 1, rate);
        shop.exit(2, 2, offer);
        shop.exit(3, 3, offer);
        shop.enter(4, 4, offer);
        shop.ticks += 3_000_000;
        shop.exit(4, 4, offer);
        browser.open(TestTraces.write(shop, directory, "shop.html"), "");

        assertThat(browser.text("slowest")).startsWith("Call").contains("com.acme.Catalogue.offer");
        browser.js("document.querySelectorAll('#slowest a')[1].click()");

        assertThat(browser.text("call"))
                .contains("com.acme.Catalogue.offer", "meanwhile", "Bank.fetch ← Rates.rate")
                .contains("1 more thread in this same method");
        browser.screenshot("meanwhile");
        browser.js("document.querySelector('#call a').click()");
        assertThat(browser.text("call")).startsWith("com.acme.Bank.fetch");
        browser.js(
                "[...document.querySelectorAll('#call a')]"
                        + ".find(a => a.textContent === 'com.acme.Rates.rate').click()");
        assertThat(browser.text("call"))
                .startsWith("com.acme.Rates.rate")
                .contains("mostly in", "com.acme.Bank.fetch 5.")
                .doesNotContain("meanwhile");
        browser.js("document.querySelector('[data-tab=slowest]').click()");
        browser.js("[...document.querySelectorAll('#slowest a')].at(-1).click()");
        assertThat(browser.text("call")).doesNotContain("meanwhile");
    }

    @Test
    void leavesOutPackagesAndThreads() throws Exception {
        Collected all = Collected.of(eventful.file(directory));
        browser.open(page, "");

        browser.keys("p");
        browser.element("threadFilter").sendKeys("worker-1");
        browser.settle();
        assertThat(browser.number("jtracer.tracks.length")).isEqualTo(1);
        assertThat(browser.number("jtracer.result.calls"))
                .isEqualTo(all.of(all.threadNamed("worker-1")).size());
        browser.element("threadFilter").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
        browser.js("document.querySelectorAll('#packages input')[0].click()");
        browser.settle();
        browser.screenshot("filter");
        String hidden = (String) browser.js("jtracer.trace.packages[0].name");
        assertThat(browser.number("jtracer.result.calls"))
                .isEqualTo(
                        all.own.size()
                                + all.slices.stream()
                                        .filter(s -> !s.name().startsWith(hidden + "."))
                                        .count());
    }

    @Test
    void gathersVirtualThreadsByWhatTheyRan() throws Exception {
        SyntheticRecording many = new SyntheticRecording(4096, 1000, 1_000);
        int[] roots = {
            many.method("com.acme.Fetch", "run", "()V"), many.method("com.acme.Mail", "send", "()V")
        };
        for (int i = 0; i < 1_000; i++) {
            many.mount(10, 100 + i, "");
            many.enter(10, 100 + i, roots[i % 2]);
            many.mount(11, 5_000 + i, "");
            many.enter(11, 5_000 + i, roots[i % 2]);
            many.ticks += 100;
            many.exit(10, 100 + i, roots[i % 2]);
            many.exit(11, 5_000 + i, roots[i % 2]);
            many.ticks += 10;
        }

        browser.open(TestTraces.write(many, directory, "virtual.html"), "");
        browser.screenshot("virtual");

        assertThat((String) browser.js("jtracer.tracks.map(t => t.label + ' ' + t.sub).join()"))
                .isEqualTo(
                        "Fetch.run 1000 virtual,Fetch.run 1000 virtual,"
                                + "Mail.send 1000 virtual,Mail.send 1000 virtual");
        browser.keys(Keys.ARROW_RIGHT);
        browser.keys(Keys.ARROW_RIGHT);
        assertThat(browser.text("call"))
                .contains("com.acme.Fetch.run", "02, virtual", "220 ns after the start");
    }

    @Test
    void saysWhatWasLost() throws Exception {
        SyntheticRecording overwritten = TestTraces.overwritten(6);
        Path lost = TestTraces.write(overwritten, directory, "lost.html");
        Report report = Reports.of(Trace.open(lost), 0, null);

        browser.open(lost, "");

        assertThat(browser.text("lost"))
                .contains(String.format("%,d calls were lost", report.totals().lostCalls()));
        assertThat(browser.number("jtracer.trace.size")).isEqualTo(report.totals().calls());
    }

    @Test
    void isNotHarmedByNames() throws Exception {
        String name = "</script><script>window.harmed=1</script><img src=x onerror=harmed=1>";
        SyntheticRecording hostile = new SyntheticRecording(256, 100, 1_000);
        hostile.header.put("main", name);
        hostile.header.put("options", name);
        hostile.platformThread(1, name);
        hostile.stack(1, new StackTraceElement(name, name, null, 1));
        int method = hostile.method("com." + name, name, "(L" + name + ";)V");
        hostile.method("com." + name, name, "()V");
        hostile.enter(1, 1, method);
        hostile.ticks += 1_000;
        hostile.exit(1, 1, method);
        Path file = TestTraces.write(hostile, directory, "hostile.html");

        browser.open(file, "");
        browser.keys(Keys.ARROW_DOWN);
        browser.settle();
        for (String tab : List.of("methods", "slowest", "flame", "path", "call")) {
            browser.tab(tab);
        }

        assertThat(browser.text("call")).contains(name);
        assertThat(browser.js("typeof window.harmed")).isEqualTo("undefined");
        assertThat(browser.text("title")).startsWith("script><img src=x onerror");
    }

    @Test
    void showsTracesWithNothingOneOrTooDeepCalls() throws Exception {
        SyntheticRecording empty = new SyntheticRecording(256, 100, 1_000);
        browser.open(TestTraces.write(empty, directory, "empty.html"), "");
        assertThat(browser.text("call")).contains("no calls");

        SyntheticRecording deep = new SyntheticRecording(4096, 1000, 1_000);
        int method = deep.method("com.acme.Deep", "down", "()V");
        for (int i = 0; i < 30_000; i++) {
            deep.ticks += 10;
            deep.enter(1, 1, method);
        }
        for (int i = 0; i < 30_000; i++) {
            deep.ticks += 10;
            deep.exit(1, 1, method);
        }
        browser.open(TestTraces.write(deep, directory, "deep.html"), "#tab=flame");
        assertThat(browser.number("jtracer.trace.size")).isEqualTo(30_000);
        browser.tab("path");
        assertThat(browser.number("jtracer.result.methods[0].total"))
                .isEqualTo(2 * 30_000 * 10 - 10);
    }

    @Test
    void saysSoWhenItIsCutOff() throws Exception {
        String whole = Files.readString(page);
        int meta = whole.indexOf("x-jtracer\">") + 100;
        Path cut =
                Files.writeString(
                        directory.resolve("cut.html"),
                        whole.substring(0, meta)
                                + whole.substring(whole.indexOf("</script>", meta)));

        browser.open(cut, "");

        assertThat(browser.text("message")).contains("cannot show its trace");
        assertThat(browser.errors()).isNotEmpty();
    }

    private static org.assertj.core.groups.Tuple row(MethodTimes m) {
        return org.assertj.core.api.Assertions.tuple(m.name(), m.self(), m.total(), m.count());
    }

    private static String timeAt(int x) {
        return "jtracer.view.from + ("
                + x
                + " - 190) * (jtracer.view.to - jtracer.view.from)"
                + " / (document.getElementById('timeline').clientWidth - 190)";
    }

    private static int idOf(Collected.Slice call) {
        return (int)
                browser.number(
                        "jtracer.trace.begin.findIndex((b, i) => b === "
                                + call.begin()
                                + " && jtracer.trace.end[i] === "
                                + call.end()
                                + " && jtracer.trace.names[jtracer.trace.what[i] & 0x7ffffff].label === '"
                                + call.name()
                                + "')");
    }

    private static long coloredPixels() {
        return browser.number(
                "(() => { const c = document.getElementById('timeline'); const d = c.getContext('2d')"
                        + ".getImageData(190, 20, c.width - 190, c.height - 20).data; let n = 0;"
                        + " for (let i = 0; i < d.length; i += 4)"
                        + " if (Math.abs(d[i] - d[i + 1]) + Math.abs(d[i + 1] - d[i + 2]) > 30) n++;"
                        + " return n; })()");
    }
}
