package io.github.jtracer.cli.attach;

import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Proc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The agent's jar, which this command carries inside and puts where a target can read it.
 *
 * <p>Its name holds the hash of its contents: another version is another file, none is ever written
 * over while a JVM has it open, and a JVM that is attached to again finds the same one, so that its
 * class path does not grow.
 */
public final class AgentJar {
    private static final String RESOURCE = "/jtracer-agent.jar";
    private static final Set<PosixFilePermission> READABLE =
            PosixFilePermissions.fromString("rw-r--r--");

    private final byte[] contents;

    private AgentJar(byte[] contents) {
        this.contents = contents;
    }

    /** The one inside this command. */
    public static AgentJar bundled() {
        try (InputStream in = AgentJar.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("this jtracer was built without its agent");
            }
            return new AgentJar(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("this jtracer's agent cannot be read", e);
        }
    }

    /**
     * Puts it into the target's folder for temporary files, if it is not there already.
     *
     * @param fallback a folder that nobody else can write to; used where the usual place is taken
     * @return its path as seen from here
     */
    Path place(Jvm jvm, Path fallback) throws IOException {
        return place(jvm.temp(), fallback, jvm.uid());
    }

    /** Puts it where a JVM that this command starts can read it. */
    public Path placeHere() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        Path fallback = Files.createTempDirectory("jtracer-agent-");
        Path placed = place(temp, fallback, Proc.isThere() ? OwnedBy.uid(fallback) : -1);
        if (!placed.startsWith(fallback)) {
            Files.delete(fallback);
        }
        return placed;
    }

    /**
     * @param user whose files are good, beside root's; -1 where files have no numbered owners
     */
    private Path place(Path temp, Path fallback, int user) throws IOException {
        Path usual = temp.resolve("jtracer-agent-" + hash() + ".jar");
        if (isGood(usual, user)) {
            return usual;
        }
        Path written = Files.createFile(fallback.resolve("agent.jar"));
        Files.write(written, contents);
        if (user >= 0) {
            Files.setPosixFilePermissions(written, READABLE);
        }
        try {
            // A link, unlike a rename, never replaces what is there.
            Files.createLink(usual, written);
        } catch (FileAlreadyExistsException e) {
            if (!isGood(usual, user)) {
                // Somebody else's file under our name: leave it, and do not use it.
                return written;
            }
        } catch (UnsupportedOperationException | IOException e) {
            return written;
        }
        Files.delete(written);
        return usual;
    }

    /** A regular file of that user's (or root's) with exactly our contents. */
    private boolean isGood(Path file, int user) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (user >= 0) {
            int owner = OwnedBy.uid(file);
            Set<PosixFilePermission> permissions =
                    Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (owner != 0 && owner != user
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                return false;
            }
        }
        return Arrays.equals(contents, Files.readAllBytes(file));
    }

    /** Of 16 digits. Contents are compared besides, so that it need not be one for enemies. */
    private String hash() {
        CRC32 crc = new CRC32();
        crc.update(contents);
        return HexFormat.of().toHexDigits(crc.getValue() << 32 | contents.length);
    }
}
