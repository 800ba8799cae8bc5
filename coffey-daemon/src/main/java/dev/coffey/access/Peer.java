package dev.coffey.access;

/// The process at the other end of a Unix socket, as the kernel remembers it from the connect.
public record Peer(int pid, int uid, int gid) {}
