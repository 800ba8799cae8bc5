package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client where no daemon answers.
class NoDaemonIT {
  @TempDir Path directory;

  @Test
  void oneLineOnStandardErrorExitSevenNothingOnStandardOutput() throws Exception {
    Path socket = directory.resolve("sock");

    Ran status = Distribution.built().ctl("--socket", socket.toString(), "status");

    assertThat(status.exit()).isEqualTo(7);
    assertThat(status.errLines()).singleElement().asString().contains(socket.toString());
    assertThat(status.out()).isEmpty();
  }

  @Test
  void versionIsToldAllTheSame() throws Exception {
    Ran help = Distribution.built().ctl("--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("status", "logs", "shutdown");
    assertThat(help.err()).isEmpty();
  }
}
