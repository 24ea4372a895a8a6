package io.github.jtracer.core.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which classes are looked at, and which of their methods are wanted: includes, less excludes.
 *
 * <p>Without an include it is the application's own code ({@link ApplicationScope}). A wildcard
 * never reaches into the JDK, into jtracer, or into generated proxies: these are matched only by a
 * pattern that spells out where they are.
 */
public final class ClassFilter {
    private static final List<String> JDK_PREFIXES =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** Packages that are, or may be, the JDK's. */
    private static final List<String> PERHAPS_JDK =
            List.of(
                    "java.",
                    "javax.",
                    "jdk.",
                    "sun.",
                    "com.sun.",
                    "org.w3c.",
                    "org.xml.",
                    "org.ietf.");

    private final List<Pattern> include;
    private final List<Pattern> exclude;
    private final ApplicationScope application;
    private final boolean asksForAnnotations;

    /** Answers of {@link #tracesAllOf}: the same few classes are called again and again. */
    private final Map<String, Boolean> tracedWhole = new ConcurrentHashMap<>();

    public ClassFilter(List<Pattern> include, List<Pattern> exclude, ApplicationScope application) {
        this.include = include;
        this.exclude = exclude;
        this.application = application;
        this.asksForAnnotations =
                Stream.concat(include.stream(), exclude.stream())
                        .anyMatch(pattern -> pattern instanceof Pattern.Annotated);
    }

    /** Everything but the JDK. */
    public static ClassFilter everything() {
        return new ClassFilter(List.of(Pattern.parse("**")), List.of(), null);
    }

    /** The same includes, and nothing is excluded. */
    public ClassFilter withoutExcludes() {
        return new ClassFilter(include, List.of(), application);
    }

    public boolean hasExcludes() {
        return !exclude.isEmpty();
    }

    /** Whether any method of the class may be wanted, as far as its name and origin tell. */
    public boolean mayMatch(ClassFacts facts) {
        return included(facts)
                && !NeverWoven.contains(facts.name())
                && !excludedWhole(facts.name());
    }

    private boolean included(ClassFacts facts) {
        if (include.isEmpty()) {
            return !facts.jdk() && application.contains(facts) && !facts.generated();
        }
        for (Pattern pattern : include) {
            if (mayMatch(pattern, facts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayMatch(Pattern pattern, ClassFacts facts) {
        if (pattern instanceof Pattern.Annotated) {
            return !facts.jdk() && !facts.generated();
        }
        Glob classes = ((Pattern.Named) pattern).classes();
        // The name first: it is asked for each class that is loaded, and soon says no.
        return classes.matches(facts.name())
                && (!facts.jdk() || namesJdk(classes))
                && (!facts.generated() || classes.literalPrefix().contains("$"));
    }

    /** Plain loops here and below: this runs while classes are being loaded, also a stream's. */
    private static boolean namesJdk(Glob classes) {
        for (String prefix : JDK_PREFIXES) {
            if (classes.literalPrefix().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether what a class or method is annotated with can matter. */
    public boolean asksForAnnotations() {
        return asksForAnnotations;
    }

    /** Whether any class of the JDK can match. */
    public boolean reachesJdk() {
        for (Pattern pattern : include) {
            if (pattern instanceof Pattern.Named named && namesJdk(named.classes())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether all methods of a class are traced, for certain, where a library's method calls it.
     * For the application's own methods the answer is always no: of them only those are left alone
     * that call nothing, so that none is missing that its author would look for.
     *
     * @param internalName the called class, with slashes
     * @param caller the class of the method that calls it
     */
    public boolean tracesAllOf(String internalName, ClassFacts caller) {
        if (include.isEmpty() || application != null && application.contains(caller)) {
            return false;
        }
        Boolean known = tracedWhole.get(internalName);
        if (known == null) {
            known = tracesAllOf(internalName.replace('/', '.'));
            tracedWhole.put(internalName, known);
        }
        return known;
    }

    private boolean tracesAllOf(String name) {
        if (NeverWoven.contains(name) || ClassFacts.generated(name)) {
            return false;
        }
        for (Pattern pattern : exclude) {
            if (!(pattern instanceof Pattern.Named named) || named.classes().matches(name)) {
                return false;
            }
        }
        for (String prefix : PERHAPS_JDK) {
            if (name.startsWith(prefix)) {
                return false;
            }
        }
        for (Pattern pattern : include) {
            if (pattern instanceof Pattern.Named named
                    && named.allMethods()
                    && named.classes().matches(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean excludedWhole(String className) {
        for (Pattern pattern : exclude) {
            if (pattern instanceof Pattern.Named named
                    && named.allMethods()
                    && named.classes().matches(className)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether that method is included; it may be excluded nevertheless.
     *
     * @param facts of a class that {@link #mayMatch}
     * @param annotations of the class and of the method, as type descriptors
     */
    public boolean includes(
            ClassFacts facts,
            String method,
            List<String> classAnnotations,
            List<String> methodAnnotations) {
        boolean wanted = include.isEmpty();
        for (Pattern pattern : include) {
            wanted =
                    wanted
                            || mayMatch(pattern, facts)
                                    && matches(
                                            pattern,
                                            facts.name(),
                                            method,
                                            classAnnotations,
                                            methodAnnotations);
        }
        return wanted;
    }

    /** Whether that method is excluded, included or not. */
    public boolean excludes(
            ClassFacts facts,
            String method,
            List<String> classAnnotations,
            List<String> methodAnnotations) {
        for (Pattern pattern : exclude) {
            if (matches(pattern, facts.name(), method, classAnnotations, methodAnnotations)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(
            Pattern pattern,
            String className,
            String method,
            List<String> classAnnotations,
            List<String> methodAnnotations) {
        if (pattern instanceof Pattern.Annotated annotated) {
            return classAnnotations.contains(annotated.descriptor())
                    || methodAnnotations.contains(annotated.descriptor());
        }
        Pattern.Named named = (Pattern.Named) pattern;
        return named.methods().matches(method) && named.classes().matches(className);
    }

    /**
     * The annotations of which a class must have one in its constant pool to be worth looking at;
     * empty where a name alone can make it so.
     */
    public Optional<List<String>> requiredAnnotations(ClassFacts facts) {
        List<String> descriptors = new ArrayList<>();
        for (Pattern pattern : include) {
            if (pattern instanceof Pattern.Annotated annotated) {
                descriptors.add(annotated.descriptor());
            } else if (mayMatch(pattern, facts)) {
                return Optional.empty();
            }
        }
        return descriptors.isEmpty() ? Optional.empty() : Optional.of(descriptors);
    }

    /** The scope in words, for people. */
    public String describe() {
        if (include.isEmpty()) {
            return application.describe();
        }
        return String.join(", ", include.stream().map(Pattern::text).toList());
    }
}
