package io.github.jtracer.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTest {
    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.json.gz", "a.html", "a.jtr", "a.pftrace", "a.pftrace.gz"})
    void recommendsViewForWhatItReads(String file) {
        assertThat(Output.lookAt(file)).contains("`jtracer view " + file + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.collapsed", "a.speedscope.json", "a.speedscope.json.gz"})
    void recommendsSpeedscopeForWhatOnlyItReads(String file) {
        assertThat(Output.lookAt(file)).contains("speedscope.app").doesNotContain("jtracer view");
    }
}
