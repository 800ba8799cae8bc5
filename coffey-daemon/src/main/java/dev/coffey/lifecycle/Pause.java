package dev.coffey.lifecycle;

import java.time.Instant;

/// A time in which the daemon leaves a service alone: nothing is started, restarted or ended that
/// nobody asked for by hand.
///
/// @param until when it ends by itself; [ServiceState#NEVER] for a pause without end
/// @param reason why, in the operator's words; may be empty
public record Pause(Instant until, String reason) {}
