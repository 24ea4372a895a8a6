package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void optionsOfTheEnvironmentComeFirst() {
        assertThat(Environment.join("--buffer 1MB --include 'a b' \"c d\"", "--attach", "7"))
                .containsExactly("--buffer", "1MB", "--include", "a b", "c d", "--attach", "7");
    }

    @Test
    void theyBelongToRunWhereThatIsTyped() {
        assertThat(Environment.join("--trivial", "run", "--", "java"))
                .containsExactly("run", "--trivial", "--", "java");
    }

    @Test
    void withoutThemNothingChanges() {
        assertThat(Environment.join(null, "list")).containsExactly("list");
        assertThat(Environment.join(" ", "list")).containsExactly("list");
    }
}
