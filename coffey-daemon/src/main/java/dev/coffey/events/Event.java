package dev.coffey.events;

import java.time.Instant;

/// Something that happened, with its place in the sequence.
///
/// @param seq grows by one with each event; a reader's cursor
public record Event(long seq, Instant time, News news) {}
