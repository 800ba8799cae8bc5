package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T62, T68: what the packaged daemon was started with, or its virtual machine has made of that, is
/// not passed on to services: programs that print what they have got tell.
class InheritanceIT {
  /// As `nohup` and worse: signals ignored, a low limit, files open, all inherited by the daemon.
  private static final String[] LITTERED = {
    "sh",
    "-c",
    "trap '' HUP INT TERM USR1 PIPE; ulimit -Sn 700; exec 5</etc/passwd 7>&1; exec \"$@\"",
    "littered"
  };

  /// The two signals that libc keeps for its threads; its own posix_spawn leaves them ignored.
  private static final long LIBC_SIGNALS = 0x1_8000_0000L;

  @TempDir Path directory;

  @Test
  void aServiceOfALitteredDaemonGetsNothingOfIt() throws Exception {
    Workplace place =
        new Workplace(directory)
            .writeConfig(
                """
                  - {name: status, type: oneshot, binary: /bin/cat, args: [/proc/self/status]}
                  - {name: limits, type: oneshot, binary: /bin/cat, args: [/proc/self/limits]}
                  - {name: files, type: oneshot, binary: /bin/ls, args: [/proc/self/fd]}
                """);
    try (PackagedDaemon daemon = PackagedDaemon.startBy(place, LITTERED)) {
      for (String service : new String[] {"status", "limits", "files"}) {
        daemon.awaitState(service, "completed");
      }

      String status = log(daemon, "status");
      assertThat(signals(status, "SigBlk")).isZero();
      assertThat(signals(status, "SigIgn") & ~LIBC_SIGNALS).isZero();
      assertThat(signals(status, "SigCgt")).isZero();
      assertThat(log(daemon, "limits")).containsPattern("Max open files +700 ");
      // The last is the listing of the directory itself.
      assertThat(log(daemon, "files")).isEqualTo("0\n1\n2\n3\n");

      // The daemon itself hears all the same, though TERM was ignored when it was started.
      assertThat(daemon.terminate()).as(daemon.output()).isIn(0, 143);
    }
  }

  private static String log(PackagedDaemon daemon, String service) throws Exception {
    Ran logs = daemon.ctl("logs", service, "--no-follow", "--raw", "-n", "all");
    assertThat(logs.exit()).as(logs.err()).isZero();
    return logs.out();
  }

  private static long signals(String status, String set) {
    return status
        .lines()
        .filter(line -> line.startsWith(set + ":"))
        .map(line -> Long.parseUnsignedLong(line.substring(set.length() + 1).strip(), 16))
        .findFirst()
        .orElseThrow();
  }
}
