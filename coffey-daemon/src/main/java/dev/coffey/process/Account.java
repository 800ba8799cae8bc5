package dev.coffey.process;

/// The person a process runs as, as far as its environment tells.
record Account(String user, String home, String shell) {}
