package io.github.jtracer.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jtracer list}: the JVMs on this machine. */
@Command(
        name = "list",
        description = "List the JVMs that can be seen from here.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON, for scripts.")
    private boolean json;

    @Override
    public Integer call() {
        JvmList list = JvmList.ofThisMachine();
        System.out.print(json ? list.json() + "\n" : list.table());
        return ExitCode.SAVED;
    }
}
