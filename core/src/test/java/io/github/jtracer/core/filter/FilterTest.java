package io.github.jtracer.core.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static ClassFilter filter(String include, String exclude) {
        return new ClassFilter(patterns(include), patterns(exclude), null);
    }

    private static List<Pattern> patterns(String texts) {
        return Stream.of(texts.split(" ")).filter(t -> !t.isEmpty()).map(Pattern::parse).toList();
    }

    private static boolean wanted(
            ClassFilter filter,
            ClassFacts facts,
            String method,
            List<String> ofClass,
            List<String> ofMethod) {
        return filter.includes(facts, method, ofClass, ofMethod)
                && !filter.excludes(facts, method, ofClass, ofMethod);
    }

    private static ClassFacts facts(String name) {
        return new ClassFacts(name, null, FilterTest.class.getClassLoader(), null);
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.**, com.acme.Order, true",
        "com.acme.**, com.acme.deep.Order$Line, true",
        "com.acme.**, com.acmeshop.Order, false",
        "com.acme.*, com.acme.Order, true",
        "com.acme.*, com.acme.deep.Order, false",
        "com.acme.Order, com.acme.Order, true",
        "com.acme.Order, com.acme.Order$Line, false",
        "com.acme.Order$*, com.acme.Order$Line, true",
        "*.Order, acme.Order, true",
        "**.Order, com.acme.Order, true",
        "**.Order, com.acme.Orders, false",
        "com.**.Order**, com.acme.shop.OrderLine, true",
        "com.**.Order**.Order, com.acme.Order, false",
        "com.**acme.**acme.Order, com.acme.Order, false",
        "com.*.Order, com.acme.Order, true",
        "com.*.Order, com.acme.deep.Order, false",
        "**, com.acme.Order, true",
    })
    void aStarStaysInItsPackageAndTwoDoNot(String pattern, String name, boolean matches) {
        assertThat(filter(pattern, "").mayMatch(facts(name))).isEqualTo(matches);
    }

    @Test
    void methodsAreChosenByNameAndExcludesWin() {
        ClassFilter filter = filter("com.acme.Order::to* ::main", "::toString com.acme.Secret");
        ClassFacts order = facts("com.acme.Order");
        assertThat(wanted(filter, order, "total", List.of(), List.of())).isTrue();
        assertThat(wanted(filter, order, "toString", List.of(), List.of())).isFalse();
        assertThat(wanted(filter, order, "add", List.of(), List.of())).isFalse();
        assertThat(wanted(filter, facts("other.Main"), "main", List.of(), List.of())).isTrue();
        assertThat(filter.mayMatch(facts("com.acme.Secret"))).isFalse();
    }

    @Test
    void anAnnotationOnTheClassOrOnTheMethodSuffices() {
        ClassFilter filter = filter("@com.acme.Traced", "");
        ClassFacts order = facts("com.acme.Order");
        List<String> traced = List.of("Lcom/acme/Traced;");
        assertThat(wanted(filter, order, "a", traced, List.of())).isTrue();
        assertThat(wanted(filter, order, "a", List.of(), traced)).isTrue();
        assertThat(wanted(filter, order, "a", List.of(), List.of())).isFalse();
        assertThat(filter.requiredAnnotations(order)).contains(traced);
        assertThat(filter("@com.acme.Traced com.acme.**", "").requiredAnnotations(order)).isEmpty();
    }

    @Test
    void wildcardsDoNotReachIntoTheJdkOrIntoGeneratedClasses() {
        ClassFacts list = ClassFacts.of(java.util.ArrayList.class);
        assertThat(filter("**", "").mayMatch(list)).isFalse();
        assertThat(filter("java.util.**", "").mayMatch(list)).isTrue();
        assertThat(filter("**", "").reachesJdk()).isFalse();
        assertThat(filter("java.util.**", "").reachesJdk()).isTrue();
        assertThat(filter("com.acme.**", "").mayMatch(facts("com.acme.Order$$Proxy"))).isFalse();
        assertThat(filter("com.acme.Order$$*", "").mayMatch(facts("com.acme.Order$$Proxy")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Thread",
                "java.lang.Thread$Builder",
                "java.lang.System$1",
                "java.lang.ThreadLocal$ThreadLocalMap",
                "java.lang.invoke.MethodHandle",
                "java.lang.JTracerProbe",
                "java.util.Objects",
                "jdk.internal.misc.Unsafe",
                "io.github.jtracer.core.Core",
                "io.github.jtracer.Marks",
                "io.github.jtracer.spring.TracerEndpoint"
            })
    void whatTheProbeStandsOnAndWhatIsOursIsNeverWoven(String name) {
        assertThat(NeverWoven.contains(name)).isTrue();
        assertThat(filter(name, "").mayMatch(facts(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.ArrayList",
                "java.lang.Process",
                "java.lang.Threads",
                "io.github.jtracer.sample.SampleApplication"
            })
    void otherClassesCanBe(String name) {
        assertThat(NeverWoven.contains(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com acme", "com.acme.Order::", "@", "com/acme/Order", "a::b()"})
    void whatIsNoPatternIsRefusedWithTheForms(String text) {
        assertThatThrownBy(() -> Pattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.acme.Order::total");
    }
}
