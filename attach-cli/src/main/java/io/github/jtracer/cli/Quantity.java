package io.github.jtracer.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options that are checked here and travel to the target as they were typed. */
final class Quantity {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9}");
    private static final Pattern DURATION =
            Pattern.compile("(\\d{1,9}(\\.\\d{1,9})?)(ns|us|µs|ms|s)?");
    private static final Pattern BYTES =
            Pattern.compile("\\d{1,10}(\\.\\d{1,3})?(B|[KMG]B?)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DEPTH = Pattern.compile("[1-9]\\d{0,8}");

    private Quantity() {}

    static final class Seconds implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!DECIMAL.matcher(text).matches() || new BigDecimal(text).signum() == 0) {
                throw wrong(text, "a number of seconds above 0, such as 5 or 0.5");
            }
            return new BigDecimal(text).toPlainString();
        }
    }

    static final class Duration implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return matching(DURATION, text, "a time, such as 300ns, 10us or 1.5ms");
        }
    }

    static final class Bytes implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return matching(BYTES, text, "a size, such as 64MB or 1GB");
        }
    }

    static final class Depth implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return matching(DEPTH, text, "a whole number from 1");
        }
    }

    static final class BufferFull implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return oneOf(text, "overwrite", "stop");
        }
    }

    static final class Clock implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return oneOf(text, "auto", "nano", "tsc");
        }
    }

    private static String matching(Pattern pattern, String text, String wanted) {
        if (!pattern.matcher(text).matches()) {
            throw wrong(text, wanted);
        }
        return text;
    }

    private static String oneOf(String text, String... allowed) {
        if (!List.of(allowed).contains(text)) {
            throw wrong(text, "one of " + String.join(", ", allowed));
        }
        return text;
    }

    private static TypeConversionException wrong(String text, String wanted) {
        return new TypeConversionException("'" + text + "' is not " + wanted);
    }
}
