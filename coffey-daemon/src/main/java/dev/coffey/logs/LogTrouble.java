package dev.coffey.logs;

import dev.coffey.spec.ServiceName;

/// How a log fares that does not fare well.
///
/// @param cause why the disk refuses; empty when it does not any more
/// @param waitingBytes what is held in memory until it takes them
/// @param droppedLines what was given up since this daemon began
public record LogTrouble(
    ServiceName service, String cause, long waitingBytes, long droppedLines, long droppedBytes) {}
