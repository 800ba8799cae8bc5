package dev.coffey.ctl.output;

import dev.coffey.v1.DaemonInfo;
import dev.coffey.v1.Result;
import dev.coffey.v1.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Phrases about a service that the table, the page about one service and its explanation share.
public final class ServiceText {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

  private ServiceText() {}

  /// Why it is where it is, in a line.
  static String why(Service service, Instant now) {
    List<String> parts = new ArrayList<>();
    String reason = endedBadly(service) ? reasonOrResult(service) : service.getReason();
    if (!reason.isEmpty()) {
      parts.add(Escapes.plain(reason));
    }
    if (service.hasNextTry()) {
      parts.add("next try in " + until(Times.instant(service.getNextTry()), now));
    }
    if (service.getRestarting()) {
      parts.add("starts again after it");
    }
    if (service.getPaused() && !reason.startsWith("paused")) {
      parts.add("paused");
    }
    if (service.hasPausedUntil()) {
      parts.add("resumes in " + until(Times.instant(service.getPausedUntil()), now));
    }
    if (service.hasNextRun()) {
      parts.add("next run in " + until(Times.instant(service.getNextRun()), now));
    }
    if (service.getAdopted()) {
      parts.add("adopted");
    }
    return String.join(", ", parts);
  }

  /// The reason, or how the last run ended where there is none.
  public static String reasonOrResult(Service service) {
    return service.hasReason() || !service.hasResult()
        ? service.getReason()
        : result(service.getResult());
  }

  /// `exit code 1`, `signal KILL`, `timeout: did not end in time, signal KILL`.
  public static String result(Result result) {
    String kind = Words.of(result.getKind()).replace('-', ' ');
    return switch (result.getKind()) {
      case RESULT_KIND_EXIT_CODE -> kind + " " + result.getExitCode();
      case RESULT_KIND_SIGNAL, RESULT_KIND_CORE_DUMP -> kind + " " + result.getSignal();
      default -> result.hasMessage() ? kind + ": " + Escapes.plain(result.getMessage()) : kind;
    };
  }

  static String until(Instant then, Instant now) {
    return Times.brief(Duration.between(now, then));
  }

  /// `1 task`, `2 tasks`.
  static String count(int number, String what) {
    return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }

  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    do {
      value /= 1024;
      unit++;
    } while (value >= 1023.95 && unit < UNITS.length - 1);
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  static String daemon(DaemonInfo daemon) {
    String text =
        "coffeyd %s, %s, pid %d"
            .formatted(daemon.getVersion(), Words.of(daemon.getPhase()), daemon.getPid());
    text += ", up " + Times.brief(Duration.ofMillis(daemon.getUptimeMs()));
    return daemon.hasConfigVersion() ? text + ", configuration " + daemon.getConfigVersion() : text;
  }

  private static boolean endedBadly(Service service) {
    return switch (service.getState()) {
      case SERVICE_STATE_BACKOFF, SERVICE_STATE_FAILED, SERVICE_STATE_STOP_FAILED ->
          service.hasResult();
      default -> false;
    };
  }
}
