package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What the page's address says is what the page shows. */
class ViewerAddressTest {
    @TempDir static Path directory;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void openBrowser() throws Exception {
        browser = new Browser();
        page = TestTraces.write(TestTraces.eventful(5), directory, "eventful.html");
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
    void letsGoOfTheCallInTheAddressToo() {
        browser.open(page, "#s=7&tab=call");
        assertThat(browser.number("jtracer.view.selected")).isEqualTo(7);

        browser.keys(Keys.ESCAPE);
        browser.settle();

        assertThat(browser.number("jtracer.view.selected")).isEqualTo(-1);
        assertThat((String) browser.js("location.hash")).doesNotContain("s=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9-1", "99999999999999-99999999999999999", "-9--1", "1-x"})
    void takesNoRangeThatIsNone(String range) {
        browser.open(page, "#r=" + range);

        assertThat(browser.js("jtracer.view.range")).isNull();
        assertThat(browser.number("jtracer.result.calls"))
                .isEqualTo(browser.number("jtracer.trace.size"));
    }

    @Test
    void endsARangeWhereTheTraceEnds() {
        browser.open(page, "#r=2000-99999999999999");

        assertThat(browser.number("jtracer.view.range[0]")).isEqualTo(2000);
        assertThat(browser.number("jtracer.view.range[1]"))
                .isEqualTo(browser.number("jtracer.trace.duration"));
    }
}
