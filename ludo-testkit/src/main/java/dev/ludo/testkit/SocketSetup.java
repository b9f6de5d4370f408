package dev.ludo.testkit;

/** What all sockets of a fake share. */
record SocketSetup(World world, OpenSockets sockets, FakeLimits limits, Dialect dialect, VirtualClock clock) {}
