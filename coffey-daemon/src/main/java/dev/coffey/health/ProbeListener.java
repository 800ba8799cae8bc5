package dev.coffey.health;

import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;

/// Hears what each probe saw; called on the prober's threads, so it must not block.
public interface ProbeListener {
  /// One probe has ended; never called for a probe that was cancelled.
  void probed(RunId run, ProbeKind kind, ProbeOutcome outcome);
}
