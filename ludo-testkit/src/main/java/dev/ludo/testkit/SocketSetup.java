package dev.ludo.testkit;

import dev.ludo.testkit.fault.Faults;
import dev.ludo.testkit.journal.JournalRecorder;

/** What all sockets of a fake share. */
record SocketSetup(
        World world,
        OpenSockets sockets,
        FakeLimits limits,
        Dialect dialect,
        VirtualClock clock,
        Faults faults,
        JournalRecorder journal) {}
