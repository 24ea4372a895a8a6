package io.github.jtracer.cli;

import io.github.jtracer.trace.wire.PatternText;
import io.github.jtracer.trace.wire.Quantities;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options that are checked here and travel to the target as they were typed. */
final class Quantity {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9}");
    private static final Pattern LINES = Pattern.compile("\\d{1,9}");
    private static final Pattern DEPTH = Pattern.compile("[1-9]\\d{0,8}");

    /** How the shared reader calls a value; picocli names the option before it. */
    private static final String KEY = "it";

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
            return checked(text, value -> Quantities.nanos(KEY, value));
        }
    }

    static final class Bytes implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, value -> Quantities.buffer(KEY, value));
        }
    }

    static final class Depth implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!DEPTH.matcher(text).matches()) {
                throw wrong(text, "a whole number from 1");
            }
            return text;
        }
    }

    /** How many lines a table has; it may have none. */
    static final class Lines implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!LINES.matcher(text).matches()) {
                throw wrong(text, "a whole number from 0");
            }
            return Integer.valueOf(text);
        }
    }

    /** What to trace, or not. */
    static final class Methods implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, PatternText::parse);
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

    /** The agent would say the same, but then it would be in the target already. */
    private static String checked(String text, Consumer<String> reader) {
        try {
            reader.accept(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
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
