package dev.ludo.testkit.junit;

import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.FakeLudoBuilder;
import dev.ludo.testkit.VirtualClock;
import dev.ludo.testkit.journal.Journal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each JUnit test a {@link FakeLudo}: starts it before the test, hands it to the parameters of the test, ends it
 * afterwards, and fails a test that left something behind.
 *
 * {@snippet :
 * class SlowPlayerTest {
 *     @RegisterExtension
 *     final LudoExtension ludo = LudoExtension.builder()
 *             .fake(fake -> fake.turnTime(Duration.ofSeconds(5)).rateLimit(100))
 *             .build();
 *
 *     @Test
 *     void losesTheTurn(@BaseUri URI api, VirtualClock clock) { … }
 * }
 * }
 *
 * <p>A fresh fake per test is the default. One that is {@linkplain Builder#shared() shared} starts before the first test of
 * the class, its field must be static, and it is {@linkplain FakeLudo#reset() reset} before each test; tests that share a
 * fake must not run at the same time.
 *
 * <p>Parameters of tests, of {@code @BeforeEach} and {@code @AfterEach} methods and of constructors may be a
 * {@link FakeLudo}, its {@link Journal}, its {@link VirtualClock}, and a {@link URI} marked with {@link BaseUri} or {@link SocketUri}; those of
 * {@code @BeforeAll} and {@code @AfterAll} methods too, if the fake is shared.
 *
 * <p>The fake ends when JUnit has done everything else for the test, fields with {@code @AutoClose} included. Then what was
 * left behind is looked for, {@linkplain #PATIENCE patiently}, unless the test has failed anyway or is meant to {@linkplain Leaves leave} it. A test that fails
 * shows what happened: the faults that were still to come and the last lines of the journal's timeline are among what is
 * suppressed by the failure, and the whole timeline is published as a report entry named {@value #TIMELINE}.
 *
 * <p>Thread-safe, as far as tests that run in parallel have each their own fake.
 */
@SuppressWarnings("exports") // a test that is written with it has JUnit; for the fake alone nobody needs it
public class LudoExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    /** The name of the report entry with what happened in a test that has failed: {@value}. */
    public static final String TIMELINE = "ludo timeline";

    /**
     * The configuration parameter of JUnit that says how long what a test leaves behind may take to end, as an ISO 8601
     * duration: {@value}; {@code PT1S} by default.
     */
    public static final String PATIENCE = "ludo.patience";

    private static final String SHARED = "shared";
    private static final String TEST = "test";

    private final Consumer<FakeLudoBuilder> setup;
    private final boolean shared;
    private final List<FakeLudo> running = new CopyOnWriteArrayList<>();

    LudoExtension(Consumer<FakeLudoBuilder> setup, boolean shared) {
        this.setup = setup;
        this.shared = shared;
    }

    /**
     * Says what the fake is to be like.
     *
     * @return a builder with every default: a fresh fake per test, like that of {@link FakeLudo#start()}
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The fake of the test that is running.
     *
     * @return the fake
     * @throws IllegalStateException if none is running, or several tests run at once: let JUnit inject the fake then
     */
    public FakeLudo fake() {
        List<FakeLudo> now = List.copyOf(running);
        if (now.size() != 1) {
            throw new IllegalStateException(
                    now.isEmpty()
                            ? "no fake is running: there is one during a test only"
                            : now.size() + " tests are running with a fake each: let JUnit inject it as a parameter");
        }
        return now.getFirst();
    }

    boolean isShared(ExtensionContext context) {
        return shared;
    }

    private Store store(ExtensionContext context) {
        return context.getStore(Namespace.create(LudoExtension.class, this));
    }

    private Optional<SharedFake> sharedFake(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(SHARED, SharedFake.class));
    }

    /** Called by JUnit: starts the fake of a class whose tests share one. */
    @Override
    public void beforeAll(ExtensionContext context) {
        if (isShared(context) && sharedFake(context).isEmpty()) {
            store(context).put(SHARED, new SharedFake(context, start(context)));
        }
    }

    /** Called by JUnit: gives the test its fake, unless its constructor has asked for it already. */
    @Override
    public void beforeEach(ExtensionContext context) {
        var unused = fakeOfTest(context);
    }

    private FakeRun start(ExtensionContext context) {
        FakeLudoBuilder builder = FakeLudo.builder();
        setup.accept(builder);
        return FakeRun.start(builder, Threads.watch(context), running);
    }

    /** What is put into the store is closed by JUnit at the very end of the test. */
    private FakeLudo fakeOfTest(ExtensionContext context) {
        Store store = store(context);
        FakeOfTest known = store.get(TEST, FakeOfTest.class);
        if (known == null) {
            known = isShared(context) ? borrow(context) : own(context);
            store.put(TEST, known);
        }
        return known.fake();
    }

    private FakeOfTest own(ExtensionContext context) {
        FakeRun run = start(context);
        return new FakeOfTest(context, run.fake(), run::end);
    }

    private FakeOfTest borrow(ExtensionContext context) {
        return sharedFake(context)
                .orElseThrow(() -> new IllegalStateException("a shared LudoExtension must be in a static field"))
                .lend(context);
    }

    /** Called by JUnit. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        boolean marked = parameter.isAnnotated(BaseUri.class) || parameter.isAnnotated(SocketUri.class);
        return type == FakeLudo.class
                || type == Journal.class
                || type == VirtualClock.class
                || (type == URI.class && marked);
    }

    /** Called by JUnit. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        FakeLudo fake = context.getTestMethod().isPresent()
                ? fakeOfTest(context)
                : sharedFake(context)
                        .map(SharedFake::fake)
                        .orElseThrow(() -> new ParameterResolutionException(
                                "there is a fake for each test, not for the class; let the tests share one with"
                                        + " @LudoTest(shared = true) or LudoExtension.builder().shared()"));
        Class<?> type = parameter.getParameter().getType();
        if (type == FakeLudo.class) {
            return fake;
        }
        if (type == Journal.class) {
            return fake.journal();
        }
        if (type == VirtualClock.class) {
            return fake.clock();
        }
        return parameter.isAnnotated(BaseUri.class) ? fake.baseUri() : fake.wsUri();
    }

    /** Called by JUnit: a constructor gets the fake of the test for which it makes the instance. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** What a {@link LudoExtension} is to be like. Not thread-safe. */
    public static final class Builder {
        private Consumer<FakeLudoBuilder> setup = fake -> {};
        private boolean shared;

        private Builder() {}

        /**
         * What each fake is to be like.
         *
         * @param how called before each fake starts, with a new builder
         * @return this
         */
        public Builder fake(Consumer<FakeLudoBuilder> how) {
            setup = how;
            return this;
        }

        /**
         * Lets all tests of the class share one fake, which is reset before each of them. The extension's field must be
         * static.
         *
         * @return this
         */
        public Builder shared() {
            shared = true;
            return this;
        }

        /**
         * Makes the extension.
         *
         * @return an extension for a field with {@code @RegisterExtension}
         */
        public LudoExtension build() {
            return new LudoExtension(setup, shared);
        }
    }
}
