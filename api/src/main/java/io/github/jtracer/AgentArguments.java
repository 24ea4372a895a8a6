package io.github.jtracer;

import java.util.ArrayList;
import java.util.List;

/** Agent arguments as the agent reads them: {@code key=value}, separated by commas, escaped. */
final class AgentArguments {
    private final List<String> parts = new ArrayList<>();

    AgentArguments add(String key, String value) {
        parts.add(key + "=" + value.replace("%", "%25").replace(",", "%2C"));
        return this;
    }

    AgentArguments addAll(String key, List<String> values) {
        values.forEach(value -> add(key, value));
        return this;
    }

    @Override
    public String toString() {
        return String.join(",", parts);
    }
}
