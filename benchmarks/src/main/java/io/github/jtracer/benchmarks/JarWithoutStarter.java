package io.github.jtracer.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Boot's fat jar as it would be without the dependency on the starter. */
final class JarWithoutStarter {
    private static final String STARTER = "BOOT-INF/lib/jtracer-";

    private JarWithoutStarter() {}

    static Path of(Path jar, Path folder) throws IOException {
        Path without = folder.resolve("without-" + jar.getFileName());
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(without))) {
            Enumeration<? extends ZipEntry> entries = in.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.getName().startsWith(STARTER)) {
                    byte[] bytes = in.getInputStream(entry).readAllBytes();
                    put(out, entry, entry.getName().endsWith(".idx") ? cleaned(bytes) : bytes);
                }
            }
        }
        return without;
    }

    /** Jars inside are stored: Boot reads them where they are. */
    private static void put(ZipOutputStream out, ZipEntry entry, byte[] bytes) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setMethod(entry.getMethod());
        if (entry.getMethod() == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            copy.setCrc(crc.getValue());
            copy.setSize(bytes.length);
            copy.setCompressedSize(bytes.length);
        }
        out.putNextEntry(copy);
        out.write(bytes);
        out.closeEntry();
    }

    private static byte[] cleaned(byte[] index) {
        return new String(index, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains(STARTER))
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
