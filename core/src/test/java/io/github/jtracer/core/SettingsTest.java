package io.github.jtracer.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Settings settings(String arguments) {
        return Settings.DEFAULTS.with(Arguments.parse(arguments));
    }

    @Test
    void argumentsChangeWhatTheySayAndNothingElse() {
        Settings settings = settings("include=com.acme.**,include=::main,maxDepth=7,trivial,start");
        assertThat(settings.include()).hasSize(2);
        assertThat(settings.maxDepth()).isEqualTo(7);
        assertThat(settings.trivial()).isTrue();
        assertThat(settings.bufferBytes()).isEqualTo(64 << 20);
        assertThat(settings.overwrite()).isTrue();
    }

    @Test
    void escapesAndSpacesAreUnderstood() {
        assertThat(settings("file=/tmp/a%2Cb+c.json, startedBy = me").file())
                .isEqualTo("/tmp/a,b+c.json");
    }

    @Test
    void whatIsDescribedCanBeSaidAgain() {
        Settings settings =
                settings(
                        "include=com.acme.**,exclude=::x,minDuration=10us,maxDepth=3,buffer=1MB,"
                                + "bufferFull=stop,clock=nano,seconds=2.5");
        assertThat(settings(settings.describe()).describe()).isEqualTo(settings.describe());
        assertThat(settings(settings.describe()).bufferBytes()).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @CsvSource({"10us,10000", "1.5ms,1500000", "500ns,500", "2s,2000000000", "7,7000"})
    void durationsHaveUnitsAndMicrosecondsWithout(String text, long nanos) {
        assertThat(settings("minDuration=" + text).minDurationNanos()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({"64KB,65536", "64MB,67108864", "1g,1073741824", "1000000,1000000"})
    void sizesHaveUnits(String text, long bytes) {
        assertThat(settings("buffer=" + text).bufferBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minDuration=fast",
                "minDuration=-1us",
                "maxDepth=-1",
                "maxDepth=many",
                "buffer=1KB",
                "buffer=100TB",
                "bufferFull=maybe",
                "clock=sun",
                "trivial=perhaps",
                "seconds=-1",
                "seconds=1m",
                "colour=red",
                "include=com acme",
                "file=%zz"
            })
    void whatIsNotAllowedIsRefusedByName(String arguments) {
        assertThatThrownBy(() -> settings(arguments)).isInstanceOf(IllegalArgumentException.class);
    }
}
