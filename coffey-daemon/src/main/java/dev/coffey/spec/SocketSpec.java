package dev.coffey.spec;

/// A socket that the daemon opens and keeps, and that a service is given.
///
/// @param name its name in `LISTEN_FDNAMES`
/// @param onDemand whether the service is launched at the first connection
public record SocketSpec(String name, Listener listener, int mode, boolean onDemand) {}
