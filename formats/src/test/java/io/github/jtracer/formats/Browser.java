package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real headless Chromium that looks at pages. */
final class Browser implements Closeable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;

    Browser() {
        assertThat(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER))
                .as("Chromium and its driver are installed (if not, run .ci/install-browser)")
                .isTrue();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,900");
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .withSilent(true)
                        .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    }

    /** Opens a page and waits until it has drawn and added up. */
    void open(Path page, String fragment) {
        driver.get("about:blank");
        driver.get(page.toUri() + fragment);
        async("jtracer.ready.then(() => done(), () => done())");
        settle();
    }

    /** Waits until the sums of the range are there and the view is in the address. */
    void settle() {
        async(
                "const wait = () => document.getElementById('scope').textContent.startsWith('adding')"
                        + " ? setTimeout(wait, 10) : requestAnimationFrame(() => setTimeout(done, 300));"
                        + " wait()");
    }

    Object js(String expression) {
        return driver.executeScript("return " + expression);
    }

    long number(String expression) {
        return ((Number) js(expression)).longValue();
    }

    void async(String script) {
        driver.executeAsyncScript("const done = arguments[arguments.length - 1]; " + script);
    }

    WebElement element(String id) {
        return driver.findElement(By.id(id));
    }

    String text(String id) {
        return element(id).getText();
    }

    void tab(String name) {
        driver.findElement(By.cssSelector("[data-tab=" + name + "]")).click();
    }

    void keys(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    Actions actions() {
        return new Actions(driver);
    }

    /** A point of the timeline, in CSS pixels from its top left corner. */
    Actions moveTo(double x, double y) {
        WebElement timeline = element("timeline");
        int left = (int) (x - timeline.getSize().getWidth() / 2.0);
        int top = (int) (y - timeline.getSize().getHeight() / 2.0);
        return actions().moveToElement(timeline, left, top);
    }

    /** What the page complained about. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    void screenshot(String name) throws IOException {
        File shot = driver.getScreenshotAs(OutputType.FILE);
        Path directory = Files.createDirectories(Path.of("target", "screenshots"));
        Files.copy(
                shot.toPath(),
                directory.resolve(name + ".png"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
