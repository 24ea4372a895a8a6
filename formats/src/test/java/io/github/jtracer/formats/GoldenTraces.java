package io.github.jtracer.formats;

import io.github.jtracer.probe.EventWord;
import io.github.jtracer.trace.SyntheticRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Makes the files of {@code src/test/resources/golden} that jtracer writes itself; the others there
 * were written by hand. To be run only when a format changes on purpose: {@code GoldenTraces
 * folder}.
 */
final class GoldenTraces {
    private static final int DEEP = 600;

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        write(odd(), folder, "odd");
        write(new SyntheticRecording(256, 100, 1_000), folder, "empty");
        write(one(), folder, "one");
        write(lossy(), folder, "lossy");
        for (String name : new String[] {"one.jtr", "odd.json", "one.html.gz", "odd.pftrace"}) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            Path cut = folder.resolve("cut-" + name.replace('.', '-') + ".bin");
            Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        }
    }

    private static SyntheticRecording one() {
        SyntheticRecording r = new SyntheticRecording(256, 100, 1_000);
        int main = r.method("com.acme.Shop", "main", "([Ljava/lang/String;)V");
        r.platformThread(1, "main");
        call(r, 1, main, 1_500);
        return r;
    }

    /** Whatever may be in a name, at a time, or around a call. */
    private static SyntheticRecording odd() {
        SyntheticRecording r = new SyntheticRecording(4096, 100, 1_000);
        int init = r.method("com.acme.Order", "<init>", "(I)V");
        int other = r.method("com.acme.Order", "<init>", "(Ljava/lang/String;)V");
        int lambda = r.method("com.acme.Order", "lambda$total$0", "(I)I");
        int nested = r.method("com.acme.Order$Line$1", "run", "()V");
        int down = r.method("com.acme.Deep", "down", "()V");
        r.platformThread(1, "main");
        r.platformThread(2, "\u30ef\u30fc\u30ab\u30fc \uD83D\uDC77 \"</script>\"");
        r.stack(1, new StackTraceElement("com.acme.Shop", "main", "Shop.java", 12));
        String[] scripts = {
            "\u6ce8\u6587",
            "\u0637\u0644\u0628",
            "\u0437\u0430\u043a\u0430\u0437",
            "\uD83D\uDED2\uFE0F",
            "e\u0301\u200D\u202E",
            "</script><!--",
            "a\"b\\c\t",
            "$$",
        };
        for (String name : scripts) {
            call(r, 1, r.method("com.acme." + name, name, "()V"), 1_000);
        }
        r.enter(1, 1, init);
        call(r, 1, other, 0);
        call(r, 1, lambda, 0);
        r.enter(1, 1, nested);
        call(r, 1, lambda, 700);
        r.exit(1, 1, nested);
        r.exit(1, 1, init);
        for (int i = 0; i < DEEP; i++) {
            r.enter(2, 2, down);
            r.ticks += 10;
        }
        r.thrown(2, 2, down);
        for (int i = 1; i < DEEP; i++) {
            r.ticks += 5;
            r.exit(2, 2, down);
        }
        r.mark(1, 1, EventWord.MARK_SLICE_BEGIN, "\u6ce8\u6587 checkout\0cart\0</script>");
        call(r, 1, lambda, 300);
        r.mark(1, 1, EventWord.MARK_INSTANT, "paid\0by\0\uD83D\uDCB3");
        r.counter(1, 1, "queue", -2.5);
        r.mark(1, 1, EventWord.MARK_SLICE_END, "");
        r.mount(10, 100, "");
        r.enter(10, 100, nested);
        r.ticks += 400;
        r.exit(10, 100, nested);
        r.enter(1, 1, down);
        r.ticks += 5_000;
        return r;
    }

    private static SyntheticRecording lossy() {
        SyntheticRecording r = new SyntheticRecording(64, 4, 1_000);
        int outer = r.method("com.acme.Loop", "run", "()V");
        int inner = r.method("com.acme.Loop", "step", "()V");
        r.platformThread(1, "main");
        r.enter(1, 1, outer);
        for (int i = 0; i < 500; i++) {
            call(r, 1, inner, 100);
        }
        r.exit(1, 1, outer);
        return r;
    }

    private static void call(SyntheticRecording recording, long thread, int method, int nanos) {
        recording.enter(thread, thread, method);
        recording.ticks += nanos;
        recording.exit(thread, thread, method);
    }

    private static void write(SyntheticRecording recording, Path folder, String name)
            throws IOException {
        Path raw = folder.resolve(name + ".jtr");
        Files.move(recording.file(folder), raw, StandardCopyOption.REPLACE_EXISTING);
        for (String ending : new String[] {".json.gz", ".json", ".html.gz", ".pftrace"}) {
            Converter.convert(raw, folder.resolve(name + ending));
        }
    }

    private GoldenTraces() {}
}
