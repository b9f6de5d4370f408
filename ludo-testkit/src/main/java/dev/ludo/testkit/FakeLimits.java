package dev.ludo.testkit;

import java.time.Duration;

/**
 * How much a fake takes, and how much it keeps.
 *
 * @param callsPerMinute REST calls before 429; 0 for any number
 * @param messages what one socket may send in {@link MessageLimiter#WINDOW} before 4429; 0 for any number
 * @param resumeWindow how many broadcasts of a room are kept for whoever comes back
 * @param socketBuffer how many messages may wait to be read by one socket before 4410
 * @param rooms how many rooms there may be, closed ones that can still be read among them
 * @param games how many games are kept in the players' histories
 * @param journal how many entries of the journal are kept; 0 for none
 * @param linger how long, in real time, a socket's peer has to take the close and to end the connection
 */
record FakeLimits(
        int callsPerMinute,
        int messages,
        int resumeWindow,
        int socketBuffer,
        int rooms,
        int games,
        int journal,
        Duration linger) {}
