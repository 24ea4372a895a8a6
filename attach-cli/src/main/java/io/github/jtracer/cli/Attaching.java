package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Recorder;
import io.github.jtracer.cli.target.Jvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Records several JVMs at the same time, each into a file of its own. */
final class Attaching {
    private final Map<String, String> options;
    private final boolean recoverable;
    private final OutputOptions output;
    private final Screen screen;

    /**
     * @param recoverable whether the recordings are to survive when their JVMs are killed
     */
    Attaching(
            Map<String, String> options, boolean recoverable, OutputOptions output, Screen screen) {
        this.options = options;
        this.recoverable = recoverable;
        this.output = output;
        this.screen = screen;
    }

    /**
     * Returns when all are saved.
     *
     * @return the exit code: that of the first that failed
     */
    int to(List<Jvm> jvms) {
        boolean several = jvms.size() > 1;
        List<Callable<Integer>> recordings = new ArrayList<>();
        for (Jvm jvm : jvms) {
            Screen own = several ? screen.forTarget(Long.toString(jvm.pid())) : screen;
            Recorder recorder =
                    new Recorder(jvm, options, recoverable, output.of(jvm, several), own);
            recordings.add(
                    () -> {
                        recorder.run();
                        return ExitCode.SAVED;
                    });
        }
        return several ? together(recordings) : alone(recordings.get(0));
    }

    private static int alone(Callable<Integer> recording) {
        try {
            return recording.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private int together(List<Callable<Integer>> recordings) {
        List<FutureTask<Integer>> running =
                recordings.stream().map(recording -> new FutureTask<>(recording)).toList();
        running.forEach(task -> new Thread(task, "jtracer recording").start());
        int exitCode = ExitCode.SAVED;
        for (FutureTask<Integer> task : running) {
            int own = exitCode(task);
            exitCode = exitCode == ExitCode.SAVED ? own : exitCode;
        }
        return exitCode;
    }

    private int exitCode(FutureTask<Integer> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                screen.problem(problem);
                return problem.exitCode();
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }
}
