package io.github.jtracer.core.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.probe.EventWord;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class MethodIdsTest {
    @Test
    void theCircleHasEveryIdOnceAndZeroNever() {
        BitSet seen = new BitSet();
        for (int place = 0; place < EventWord.ID_MASK; place++) {
            int id = MethodIds.id(place);
            assertThat(seen.get(id)).isFalse();
            seen.set(id);
        }
        assertThat(seen.get(0)).isFalse();
        assertThat(seen.length()).isEqualTo(EventWord.ID_MASK + 1);
    }

    @Test
    void itBeginsWithThoseThatNeedNoConstant() {
        for (int place = 0; place < (1 << Short.SIZE) - 1; place++) {
            CodeWeaver.Site site =
                    new CodeWeaver.Site(MethodIds.id(place), null, new byte[0], new byte[0]);
            assertThat(site.constant()).isZero();
        }
    }
}
