package io.github.jtracer.sample;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The ways to start the shop other than as the jar that it is packaged as. */
final class Launches {
    private static final Path JAR = Path.of(System.getProperty("sample.jar"));
    private static final Pattern DATABASE = Pattern.compile("hibernate|h2-|Hikari|jdbc|jpa|-data-");
    private static final String MAIN = "io.github.jtracer.sample.SampleApplication";

    private Launches() {}

    /** {@code java -Djarmode=tools -jar app.jar extract}, and then {@code java -jar}. */
    static List<String> extracted(Path folder) throws Exception {
        Path target = folder.resolve("extracted");
        Process extract =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djarmode=tools",
                                "-jar",
                                JAR.toString(),
                                "extract",
                                "--destination",
                                target.toString())
                        .inheritIO()
                        .start();
        if (extract.waitFor() != 0) {
            throw new IllegalStateException("the jar could not be extracted");
        }
        return List.of("-jar", target.resolve(JAR.getFileName()).toString());
    }

    /** Unzipped, and started with Boot's launcher. */
    static List<String> exploded(Path folder) throws IOException {
        return List.of(
                "-cp",
                unzip(folder).toString(),
                "org.springframework.boot.loader.launch.JarLauncher");
    }

    /**
     * Folders of classes, jars of others, and the main class: {@code spring-boot:run} and editors.
     * Here the tracer's modules are folders too.
     */
    static List<String> classPath(Path folder) throws IOException {
        List<String> classPath = new ArrayList<>();
        for (String module : List.of("sample-app", "api", "autoconfigure", "trace")) {
            classPath.add(Path.of("..", module, "target", "classes").toAbsolutePath().toString());
        }
        try (Stream<Path> libraries = Files.list(unzip(folder).resolve("BOOT-INF/lib"))) {
            libraries
                    .map(Path::toString)
                    .filter(library -> !library.contains("jtracer-"))
                    .forEach(classPath::add);
        }
        return List.of("-cp", String.join(File.pathSeparator, classPath), MAIN);
    }

    /**
     * An application's classes, in a folder of their own where they can be changed, the shop's
     * libraries without its database, and DevTools.
     */
    static List<String> withDevTools(Path folder, Class<?> application) throws Exception {
        Path classes = folder.resolve("classes");
        String file = application.getName().replace('.', '/') + ".class";
        Path copy = classes.resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream in = application.getClassLoader().getResourceAsStream(file)) {
            Files.copy(in, copy);
        }
        List<String> classPath = new ArrayList<>();
        classPath.add(classes.toString());
        classPath.add(System.getProperty("devtools.jar"));
        try (Stream<Path> libraries = Files.list(unzip(folder).resolve("BOOT-INF/lib"))) {
            libraries
                    .filter(library -> !DATABASE.matcher(library.getFileName().toString()).find())
                    .map(Path::toString)
                    .forEach(classPath::add);
        }
        return List.of("-cp", String.join(File.pathSeparator, classPath), application.getName());
    }

    private static Path unzip(Path folder) throws IOException {
        Path target = folder.resolve("exploded");
        try (FileSystem jar = FileSystems.newFileSystem(JAR);
                Stream<Path> files = Files.walk(jar.getPath("/"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = target.resolve(file.toString().substring(1));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return target;
    }
}
