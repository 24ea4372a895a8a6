package io.github.jtracer.sample.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What the load driver understands, and what it refuses. */
class LoadOptionsTests {
    @Test
    void optionsAreRead() {
        assertThat(LoadOptions.parse("--load=http://localhost:9", "--seconds=3", "--threads=2"))
                .isEqualTo(new LoadOptions(URI.create("http://localhost:9"), 3, 2));
    }

    @Test
    void badNumberIsNamedWithWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadOptions.parse("--seconds=0"))
                .withMessage("--seconds=0 is not a number from 1 to 3600");
    }
}
