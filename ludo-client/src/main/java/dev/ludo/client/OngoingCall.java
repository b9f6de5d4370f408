package dev.ludo.client;

import dev.ludo.client.AttemptResult.Answered;
import dev.ludo.client.AttemptResult.Failed;
import dev.ludo.client.CallListener.Outcome;
import dev.ludo.client.http.Failures;
import dev.ludo.client.http.HttpCaller;
import dev.ludo.client.http.RateLimit;
import dev.ludo.client.resilience.CircuitBreaker;
import dev.ludo.client.resilience.Deadline;
import dev.ludo.core.error.CallDetails;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.NotSentException;
import dev.ludo.core.error.NotSentException.Reason;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call on its {@link CallPath}, from its beginning to its end. For one thread. */
final class OngoingCall {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long LONGEST_STAGGER = Duration.ofMillis(500).toNanos();

    private final CallPath path;
    private final ApiRequest request;
    private final Deadline deadline;
    private final boolean hurried;
    private final long started;
    private final CallListener.@Nullable Call told;

    private int attempts;
    private @Nullable AttemptResult last;
    private List<CallException> earlier = List.of();

    OngoingCall(CallPath path, ApiRequest request) {
        this.path = path;
        this.request = request;
        Duration usual = path.config.timeouts().deadline();
        Duration total = request.deadline().orElse(usual);
        this.hurried = total.compareTo(usual) < 0;
        this.deadline = Deadline.after(total, path.config.nanoTime());
        this.started = now();
        this.told = path.listeners.any()
                ? new CallListener.Call(request.method(), request.route(), request.path(), path.host)
                : null;
    }

    ApiAnswer run() {
        tell((listener, call) -> listener.onCallStarted(call));
        try {
            while (true) {
                Optional<NotSentException> refusal = takePlace();
                AttemptResult result = refusal.isPresent() ? stopped(refusal.get()) : attempt();
                if (refusal.isPresent() || !mayTryAgain(result) || !waitFor(result)) {
                    return end(result);
                }
            }
        } catch (CallException e) {
            earlier.forEach(e::addSuppressed);
            throw ended(e);
        } catch (RuntimeException e) { // of who gives the key, or a mistake of ours
            throw ended(e);
        }
    }

    private boolean mayTryAgain(AttemptResult result) {
        return result.mayPass()
                && request.isRepeatable()
                && attempts < path.config.retry().attempts();
    }

    /** Waits before the next attempt. False if there is no time or no budget for one. */
    private boolean waitFor(AttemptResult failed) {
        Optional<Duration> hint = failed instanceof Answered answered
                ? Rejections.hint(answered.answer().status(), answered.answer().headers(), path.config.clock())
                : Optional.empty();
        Duration wait = path.backoff.delay(attempts - 1, hint);
        if (!deadline.allows(wait) || !path.budget.tryTake()) {
            return false;
        }
        CallLog.retry(request, attempts, failed.outcome(), wait);
        tell((listener, call) -> listener.onRetry(call, attempts, failed.outcome(), wait));
        remember(
                switch (failed) {
                    case Answered answered -> rejection(answered.answer());
                    case Failed without -> without.error();
                });
        sleep(wait);
        return true;
    }

    private void remember(CallException failure) {
        if (earlier.isEmpty()) {
            earlier = new ArrayList<>(2);
        }
        earlier.add(failure);
    }

    /** Waits for the rate limit and for a place in the bulkhead until it has both; or says why the call must not be sent. */
    private Optional<NotSentException> takePlace() {
        while (true) {
            Optional<NotSentException> refusal = holdBack().or(this::enterBulkhead);
            if (refusal.isPresent() || path.rateLimit.holdNanos() == 0) {
                return refusal;
            }
            path.bulkhead.leave(path.host);
        }
    }

    private Optional<NotSentException> holdBack() {
        for (long hold = path.rateLimit.holdNanos(); hold > 0; hold = path.rateLimit.holdNanos()) {
            // Those who are held back together do not all start at once.
            long stagger = path.config.random().nextLong(Math.min(LONGEST_STAGGER, hold) + 1);
            Duration wait = Duration.ofNanos(hold + stagger);
            if (!deadline.allows(wait)) {
                return refuse(Reason.RATE_LIMITED, "the API's rate limit is used up", Duration.ofNanos(hold));
            }
            sleep(wait);
            tell((listener, call) -> listener.onWait(call, CallListener.Wait.RATE_LIMIT, wait));
        }
        return Optional.empty();
    }

    private Optional<NotSentException> enterBulkhead() {
        if (path.bulkhead.tryEnter(path.host)) {
            return Optional.empty();
        }
        long begun = now();
        long most = Math.min(path.config.bulkhead().maxWait().toNanos(), deadline.remainingNanos());
        boolean entered;
        try {
            entered = path.bulkhead.enter(path.host, Duration.ofNanos(Math.max(0, most)));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        Duration waited = since(begun);
        tell((listener, call) -> listener.onWait(call, CallListener.Wait.BULKHEAD, waited));
        return entered
                ? Optional.empty()
                : refuse(Reason.BULKHEAD_FULL, "too many calls to " + path.host + " are under way", SOON);
    }

    private Optional<NotSentException> refuse(Reason reason, String words, Duration retryAfter) {
        return Optional.of(new NotSentException(details(0, Optional.of(retryAfter)), reason, words));
    }

    /** Makes an attempt, in a place of the bulkhead that is left afterwards. */
    private AttemptResult attempt() {
        try {
            long ticket = path.breaker.tryEnter();
            if (ticket == CircuitBreaker.REFUSED) {
                return stopped(new NotSentException(
                        details(0, path.breaker.retryAfter().or(() -> Optional.of(SOON))),
                        Reason.CIRCUIT_OPEN,
                        "the circuit of " + path.host + " is open"));
            }
            AttemptResult result = attempt(ticket);
            last = result;
            return result;
        } finally {
            path.bulkhead.leave(path.host);
        }
    }

    private AttemptResult attempt(long ticket) {
        long begun = now();
        Verdict verdict = Verdict.NOTHING;
        try {
            attempts++;
            AttemptResult result;
            try {
                HttpCaller.Answer answer = path.transport.send(request, deadline);
                verdict = Verdict.of(answer.status());
                note(answer);
                result = new Answered(answer, AttemptResult.isTemporary(answer.status()));
            } catch (IOException e) {
                verdict = verdictOn(e);
                result = new Failed(failure(e), Failures.mayPass(e) && !isInterrupt(e) && !deadline.isOver());
            }
            Outcome outcome = result.outcome();
            Duration took = since(begun);
            tell((listener, call) -> listener.onAttempt(call, attempts, outcome, took));
            return result;
        } finally {
            verdict.tell(path.breaker, ticket);
        }
    }

    /** What is the end of a call that must not be sent, or not again: its last attempt counts, if there was one. */
    private AttemptResult stopped(NotSentException refusal) {
        AttemptResult sent = last;
        if (sent == null) {
            return new Failed(refusal, false);
        }
        earlier.removeLast(); // that attempt's: it was remembered as one that is not the last
        remember(refusal);
        return switch (sent) {
            case Answered answered -> new Answered(answered.answer(), false);
            case Failed failed -> new Failed(failed.error(), false);
        };
    }

    // A caller that gives a call less time than usual does not find out whether the host is well.
    private Verdict verdictOn(IOException e) {
        return isInterrupt(e) || (hurried && deadline.isOver()) ? Verdict.NOTHING : Verdict.ILL;
    }

    // A timeout of a socket is one of these, too.
    private static boolean isInterrupt(IOException e) {
        return Thread.currentThread().isInterrupted() || e.getClass() == InterruptedIOException.class;
    }

    private void note(HttpCaller.Answer answer) {
        if (path.config.adaptsToRateLimit() && RateLimit.isExhausted(answer.headers())) {
            RateLimit.renewedIn(answer.headers(), path.config.clock()).ifPresent(path.rateLimit::exhausted);
        }
    }

    private CallException failure(IOException e) {
        CallDetails call = details(attempts, Optional.empty());
        if (deadline.isOver() && !isInterrupt(e)) {
            String late = "did not end by its deadline of " + deadline.total().toMillis() + " ms";
            return new TimeoutExceededException(call, late, e);
        }
        return Failures.of(call, path.host, e);
    }

    private CallException rejection(HttpCaller.Answer answer) {
        return Rejections.of(request, answer.status(), answer.headers(), answer.body(), attempts, path.config.clock());
    }

    private CallDetails details(int sent, Optional<Duration> retryAfter) {
        return new CallDetails(request.method(), request.path(), sent, request.header("X-Request-Id"), retryAfter);
    }

    private void sleep(Duration wait) {
        try {
            path.config.sleeper().sleep(wait);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private CallException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TransportException(details(attempts, Optional.empty()), "was interrupted", e);
    }

    private ApiAnswer end(AttemptResult result) {
        HttpCaller.Answer answer = switch (result) {
            case Failed failed -> throw failed.error();
            case Answered answered -> answered.answer();
        };
        if (!AttemptResult.isTemporary(answer.status())) {
            path.budget.succeeded(attempts - 1);
        }
        ended(result.outcome());
        return new ApiAnswer(answer, attempts, earlier, path.config.clock());
    }

    private <E extends RuntimeException> E ended(E error) {
        ended(new Outcome.Failed(error));
        return error;
    }

    private void ended(Outcome outcome) {
        if (told != null || CallLog.logsCalls()) {
            Duration took = since(started);
            CallLog.ended(request, attempts, outcome, took);
            tell((listener, call) -> listener.onCallEnded(call, attempts, outcome, took));
        }
    }

    private long now() {
        return path.config.nanoTime().getAsLong();
    }

    private Duration since(long begun) {
        return Duration.ofNanos(now() - begun);
    }

    private interface Event {
        void tell(CallListener listener, CallListener.Call call);
    }

    private void tell(Event event) {
        CallListener.Call call = told;
        if (call != null) {
            Consumer<CallListener> one = listener -> event.tell(listener, call);
            path.listeners.tell(one);
        }
    }
}
