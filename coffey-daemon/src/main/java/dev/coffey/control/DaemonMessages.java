package dev.coffey.control;

import dev.coffey.supervisor.Supervisor;
import dev.coffey.v1.DaemonInfo;
import java.time.Duration;
import java.time.Instant;

/// The daemon as a message.
final class DaemonMessages {
  private final DaemonIdentity identity;
  private final Supervisor supervisor;

  DaemonMessages(DaemonIdentity identity, Supervisor supervisor) {
    this.identity = identity;
    this.supervisor = supervisor;
  }

  DaemonInfo message() {
    var message =
        DaemonInfo.newBuilder()
            .setVersion(identity.version())
            .setPid(identity.pid())
            .setPhase(Words.of(supervisor.snapshot().fleet().phase()))
            .setSince(WallTime.timestamp(identity.since()))
            .setReady(true)
            .setHostname(identity.hostname())
            .setUptimeMs(uptime().toMillis())
            .setRuntime(identity.runtime())
            .setSocket(identity.socket().toString());
    if (!identity.bootId().isEmpty()) {
      message.setBootId(identity.bootId());
    }
    identity.configFiles().forEach(file -> message.addConfigFiles(file.toString()));
    return message.build();
  }

  private Duration uptime() {
    Duration uptime = Duration.between(identity.since(), Instant.now());
    return uptime.isNegative() ? Duration.ZERO : uptime;
  }
}
