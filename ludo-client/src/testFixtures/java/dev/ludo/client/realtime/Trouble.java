package dev.ludo.client.realtime;

import dev.ludo.testkit.fault.FaultConnection;
import dev.ludo.testkit.fault.FaultProxy;
import dev.ludo.testkit.fault.LineFault;
import dev.ludo.testkit.fault.LineFault.Toward;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** What may happen to a connection. */
public enum Trouble {
    /** Both ends see the other hang up. */
    FINISH {
        @Override
        void befall(FaultProxy line, FaultConnection victim, SplittableRandom random) {
            victim.finish();
        }
    },
    /** Both ends see a reset. */
    RESET {
        @Override
        void befall(FaultProxy line, FaultConnection victim, SplittableRandom random) {
            victim.reset();
        }
    },
    /** All connections of the line are reset. */
    RESET_ALL {
        @Override
        void befall(FaultProxy line, FaultConnection victim, SplittableRandom random) {
            line.resetAll();
        }
    },
    /** As {@link #FINISH}, somewhere within what is said next. */
    FINISH_LATER {
        @Override
        void befall(FaultProxy line, FaultConnection victim, SplittableRandom random) {
            victim.add(LineFault.finishAfter(random.nextInt(2_000)));
        }
    },
    /** As {@link #RESET}, somewhere within what is said next. */
    RESET_LATER {
        @Override
        void befall(FaultProxy line, FaultConnection victim, SplittableRandom random) {
            victim.add(LineFault.resetAfter(random.nextInt(2_000)));
        }
    },
    /** All is a little late from now on. */
    DELAY {
        @Override
        void befall(FaultProxy line, FaultConnection victim, SplittableRandom random) {
            victim.add(LineFault.delay(Duration.ofMillis(1 + random.nextInt(20))));
        }
    },
    /** Nothing goes on, somewhere within what is said next; only who pings finds out. */
    STALL {
        @Override
        void befall(FaultProxy line, FaultConnection victim, SplittableRandom random) {
            victim.add(LineFault.stallAfter(random.nextInt(500)));
        }
    },
    /** What is said in one direction is lost; only who pings finds out. */
    BLACK_HOLE {
        @Override
        void befall(FaultProxy line, FaultConnection victim, SplittableRandom random) {
            victim.add(LineFault.blackHole(random.nextBoolean() ? Toward.CLIENT : Toward.SERVER));
        }
    };

    abstract void befall(FaultProxy line, FaultConnection victim, SplittableRandom random);

    /** Happens to some connection of a line, if there is one. */
    public boolean befall(FaultProxy line, SplittableRandom random) {
        List<FaultConnection> open = line.connections();
        if (open.isEmpty()) {
            return false;
        }
        befall(line, open.get(random.nextInt(open.size())), random);
        return true;
    }
}
