package dev.coffey.ctl.output;

import dev.coffey.ctl.output.Palette.Tone;
import dev.coffey.v1.Health;
import dev.coffey.v1.ServiceState;

/// Which tone a state has; the word beside it says the same.
final class Tones {
  private Tones() {}

  static Tone of(ServiceState state) {
    return switch (state) {
      case SERVICE_STATE_RUNNING, SERVICE_STATE_COMPLETED -> Tone.GOOD;
      case SERVICE_STATE_WAITING,
          SERVICE_STATE_STARTING,
          SERVICE_STATE_RELOADING,
          SERVICE_STATE_STOPPING,
          SERVICE_STATE_BACKOFF ->
          Tone.BUSY;
      case SERVICE_STATE_FAILED, SERVICE_STATE_STOP_FAILED, SERVICE_STATE_INVALID -> Tone.BAD;
      case SERVICE_STATE_STOPPED -> Tone.FAINT;
      case SERVICE_STATE_UNSPECIFIED, UNRECOGNIZED -> Tone.NONE;
    };
  }

  static Tone of(Health health) {
    return switch (health) {
      case HEALTH_HEALTHY -> Tone.GOOD;
      case HEALTH_DEGRADED -> Tone.BUSY;
      case HEALTH_UNHEALTHY -> Tone.BAD;
      case HEALTH_NONE, HEALTH_UNKNOWN, HEALTH_UNSPECIFIED, UNRECOGNIZED -> Tone.NONE;
    };
  }
}
