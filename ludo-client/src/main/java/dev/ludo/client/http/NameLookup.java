package dev.ludo.client.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up, within a time. The system's own lookup knows neither a timeout nor an interrupt, so it is left to a thread
 * of its own, one for each name at most, whoever waits for it. Thread-safe.
 */
final class NameLookup {
    private final ConcurrentHashMap<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();

    InetAddress[] lookUp(String host, long withinNanos) throws IOException {
        if (isLiteral(host)) {
            return InetAddress.getAllByName(host);
        }
        CompletableFuture<InetAddress[]> result = underWay.computeIfAbsent(host, this::start);
        try {
            return result.get(withinNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            SocketTimeoutException late = new SocketTimeoutException("the name " + host + " was not looked up in time");
            late.initCause(e);
            throw late;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while looking up " + host);
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            UnknownHostException unknown = new UnknownHostException("there is no address for " + host);
            unknown.initCause(e.getCause());
            throw unknown;
        }
    }

    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private CompletableFuture<InetAddress[]> start(String host) {
        CompletableFuture<InetAddress[]> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("ludo-name-lookup").start(() -> {
            try {
                result.complete(InetAddress.getAllByName(host));
            } catch (UnknownHostException | RuntimeException e) {
                result.completeExceptionally(e);
            } finally {
                underWay.remove(host, result);
            }
        });
        return result;
    }
}
