package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The variables by which a process and its descendants are known to be ours.
///
/// @param daemon tells this daemon's runs from those of any other on the machine
public record Mark(String daemon) {
  private static final String DAEMON = "COFFEY_DAEMON";
  private static final String SERVICE = "COFFEY_SERVICE";
  private static final String INSTANCE = "COFFEY_INSTANCE";
  private static final String RUN_ID = "COFFEY_RUN_ID";

  public Mark {
    if (!daemon.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "daemon mark must be up to 64 letters, digits and '-', not '%s'".formatted(daemon));
    }
  }

  void putInto(Map<String, String> environment, RunId run, ServiceName service) {
    environment.put(DAEMON, daemon);
    environment.put(SERVICE, service.base());
    environment.put(INSTANCE, service.instance());
    environment.put(RUN_ID, run.toString());
  }

  /// Whose run an environment block of the kernel's, entries ended by zero bytes, belongs to.
  Optional<RunId> runOf(byte[] block) {
    String text = "\0" + new String(block, StandardCharsets.ISO_8859_1);
    if (!text.contains("\0" + DAEMON + "=" + daemon + "\0")) {
      return Optional.empty();
    }
    int at = text.indexOf("\0" + RUN_ID + "=");
    if (at < 0) {
      return Optional.empty();
    }
    int from = at + RUN_ID.length() + 2;
    int to = text.indexOf('\0', from);
    String digits = text.substring(from, to < 0 ? text.length() : to);
    return digits.matches("[1-9][0-9]{0,17}")
        ? Optional.of(new RunId(Long.parseLong(digits)))
        : Optional.empty();
  }
}
