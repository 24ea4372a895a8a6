package io.github.jtracer.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fat jar as it is shipped, traced through the four doors one after the other: endpoint,
 * signal, command, MXBean. Behind all of them is one agent with one buffer.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FourDoorsIT {
    private static final Pattern METHOD =
            Pattern.compile("\"name\":\"(io\\.github\\.jtracer\\.sample\\.catalogue[^\"]+)\"");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static Shop shop;
    private static Set<String> seenByEndpoint;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(folder);
        shop.get("/products/B30");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    @Order(1)
    void applicationThatIsNotTracedHasNoClassOfTheAgents() throws IOException {
        assertThat(shop.loadedClasses(FourDoorsIT::ofTheAgent)).isEmpty();
        assertThat(shop.log()).doesNotContain("WARN");
    }

    @Test
    @Order(2)
    void endpoint() throws Exception {
        HttpResponse<String> started = shop.start();
        shop.get("/products/B30");
        HttpResponse<String> stopped = shop.stop();

        assertThat(started.statusCode()).isEqualTo(200);
        assertThat(stopped.statusCode()).isEqualTo(200);
        String page = JsonPath.read(stopped.body(), "$.page");
        String trace = shop.get(page.replace(".html", ".json")).body();
        seenByEndpoint = methods(trace);
        assertThat(seenByEndpoint).isNotEmpty();
        assertThat(trace)
                .contains("\"http get /products/{sku}\"", "\"transaction Catalogue.offer\"")
                .contains("PriceCalculator.priceOf");
        assertThat(seenByEndpoint)
                .noneMatch(name -> name.contains("SpringCGLIB") || name.contains("Proxy"));
    }

    @Test
    @Order(3)
    void signal() throws Exception {
        shop.signal();
        shop.awaitState("recording");
        assertThat(shop.status("$.recording.startedBy")).isEqualTo("signal");
        shop.get("/products/B30");
        Path file = Path.of(shop.status("$.recording.file"));
        shop.signal();
        shop.awaitState("installed");

        assertThat(methods(content(file))).isEqualTo(seenByEndpoint);
        assertThat(shop.log())
                .containsOnlyOnce("Started tracing into " + file)
                .containsOnlyOnce("Stopped tracing, saved " + file);
    }

    @Test
    @Order(4)
    void commandFindsTheInstalledTracerAndOthersAreToldWhoRecords() throws Exception {
        Path file = folder.resolve("command.json");
        Path output = folder.resolve("command.log");
        Process command = command(output, "-t", "4", "-o", file.toString());
        shop.awaitState("recording");
        shop.get("/products/B30");

        assertThat(shop.status("$.recording.startedBy")).startsWith("cli (");
        for (HttpResponse<String> refused : List.of(shop.start(), shop.stop(), shop.uninstall())) {
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("started by cli (");
        }
        assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output)).contains("The tracer installed in this JVM is used");
        assertThat(command.exitValue()).isZero();
        assertThat(methods(Files.readString(file))).isEqualTo(seenByEndpoint);
        shop.awaitState("installed");
    }

    @Test
    @Order(5)
    void mxbean() throws Exception {
        VirtualMachine machine = VirtualMachine.attach(shop.pid());
        String url = machine.startLocalManagementAgent();
        machine.detach();
        Path file = folder.resolve("mxbean.json.gz");
        ObjectName tracer = new ObjectName("io.github.jtracer:type=Tracer");
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            Object[] arguments = {
                "include=io.github.jtracer.sample.**,exclude=**$$SpringCGLIB$$**,file=" + file
            };
            server.invoke(tracer, "start", arguments, new String[] {String.class.getName()});
            shop.get("/products/B30");
            TabularData saved =
                    (TabularData) server.invoke(tracer, "stop", new Object[0], new String[0]);
            CompositeData written = saved.get(new Object[] {"file"});

            assertThat(written.get("value")).isEqualTo(file.toString());
        }
        assertThat(methods(content(file))).containsAll(seenByEndpoint);
    }

    @Test
    @Order(6)
    void allOfThatWasOneAgentWithOneBuffer() throws IOException {
        assertThat(shop.loadedClasses(line -> line.startsWith("java.lang.JTracerProbe ")))
                .hasSize(1);
        assertThat(shop.loadedClasses(line -> line.startsWith("io.github.jtracer.core.Core ")))
                .hasSize(1);
        assertThat(
                        shop.loadedClasses(
                                line -> line.startsWith("io.github.jtracer.agent.JTracerAgent ")))
                .hasSize(1);
    }

    @Test
    @Order(7)
    void optionsOfTheCommandWinOverTheApplicationsSettings() throws Exception {
        Path file = folder.resolve("options.json");
        Process command =
                command(
                        folder.resolve("options.log"),
                        "-t",
                        "4",
                        "--include=io.github.jtracer.sample.pricing.PriceCalculator",
                        "--max-depth=1",
                        "-o",
                        file.toString());
        shop.awaitState("recording");
        shop.get("/products/B30");

        assertThat(shop.status("$.recording.options")).contains("maxDepth=1");
        assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(command.exitValue()).isZero();
        assertThat(Files.readString(file))
                .contains("PriceCalculator.priceOf")
                .doesNotContain("PriceCalculator.priceOfParts", "CatalogueController");
        shop.awaitState("installed");
    }

    @Test
    @Order(8)
    void uninstallByForceEndsTheCommandsRecordingWhichTheCommandSaves() throws Exception {
        Path output = folder.resolve("forced.log");
        Path file = folder.resolve("forced.json");
        Process command = command(output, "-t", "60", "-o", file.toString());
        shop.awaitState("recording");
        shop.get("/products/B30");

        assertThat(shop.uninstall().statusCode()).isEqualTo(409);
        assertThat(shop.uninstallByForce().statusCode()).isEqualTo(200);
        assertThat(command.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(command.exitValue()).as(Files.readString(output)).isZero();
        assertThat(methods(Files.readString(file))).isNotEmpty();
        assertThat(shop.status("$.agentLoaded")).isEqualTo("false");
        assertThat(shop.start().statusCode()).isEqualTo(200);
        assertThat(shop.stop().statusCode()).isEqualTo(200);
    }

    private static Process command(Path output, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", System.getProperty("jtracer.jar")));
        command.add("--attach=" + shop.pid());
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static boolean ofTheAgent(String line) {
        return line.startsWith("java.lang.JTracer")
                || line.startsWith("io.github.jtracer.agent.")
                || line.startsWith("io.github.jtracer.core.");
    }

    private static Set<String> methods(String trace) {
        Set<String> methods = new TreeSet<>();
        Matcher matcher = METHOD.matcher(trace);
        while (matcher.find()) {
            methods.add(matcher.group(1));
        }
        return methods;
    }

    private static String content(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
