package dev.coffey.ctl.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command gets from the one who calls it besides its arguments. `terminal` is about `out`;
/// without `logFiles` logs are read from a daemon only.
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    InstantSource clock,
    @Nullable LogFiles logFiles) {}
