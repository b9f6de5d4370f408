package dev.ludo.client.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bucket of tokens that all calls of a client share. Each retry takes some; a call that succeeds gives back what its retries
 * took, or one token if it needed none. While most calls succeed the bucket stays full and every call may be retried. When they
 * fail it runs dry, and a client whose upstream is in trouble sends each call once instead of adding to the trouble.
 *
 * <p>Thread-safe.
 */
public final class RetryBudget {
    private final int capacity;
    private final int retryCost;
    private final AtomicInteger tokens;

    /**
     * A full bucket.
     *
     * @param capacity how many tokens it holds, 0 or more
     * @param retryCost how many a retry takes, 1 or more
     */
    public RetryBudget(int capacity, int retryCost) {
        this.capacity = Check.atLeast(0, capacity, "capacity");
        this.retryCost = Check.atLeast(1, retryCost, "retryCost");
        this.tokens = new AtomicInteger(capacity);
    }

    /**
     * Takes what a retry costs.
     *
     * @return whether there was enough; if not, nothing was taken
     */
    public boolean tryTake() {
        int have = tokens.get();
        while (have >= retryCost) {
            int seen = tokens.compareAndExchange(have, have - retryCost);
            if (seen == have) {
                return true;
            }
            have = seen;
        }
        return false;
    }

    /**
     * Refunds a call that succeeded. The bucket never holds more than its capacity.
     *
     * @param retries how many retries the call had taken tokens for, 0 or more
     */
    public void succeeded(int retries) {
        long refund = retries == 0 ? 1 : (long) retries * retryCost;
        int have = tokens.get();
        while (have < capacity) {
            int seen = tokens.compareAndExchange(have, (int) Math.min(capacity, have + refund));
            if (seen == have) {
                return;
            }
            have = seen;
        }
    }

    /**
     * What is left.
     *
     * @return 0 up to the capacity
     */
    public int tokens() {
        return tokens.get();
    }
}
