package dev.ludo.client.frame;

/** Which end of a connection this is. A client masks what it sends, a server does not (RFC 6455, section 5.1). */
public enum Role {
    /** The end that connected. */
    CLIENT,
    /** The end that was connected to. */
    SERVER
}
