package dev.coffey.lifecycle;

/// Which of a service's probes.
public enum ProbeKind {
  STARTUP,
  READINESS,
  LIVENESS
}
