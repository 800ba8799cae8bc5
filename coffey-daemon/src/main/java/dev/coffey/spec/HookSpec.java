package dev.coffey.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Commands around a service's start and stop, each where there is one.
public record HookSpec(
    @Nullable Hook preStart,
    @Nullable Hook postStart,
    @Nullable Hook preStop,
    @Nullable Hook postStop) {
  /// No hooks.
  public static final HookSpec NONE = new HookSpec(null, null, null, null);

  /// One command and how long it may take.
  public record Hook(Command command, Duration timeout) {}
}
