package dev.coffey.config.lint;

import dev.coffey.spec.Credentials;
import dev.coffey.spec.EnvSpec.EnvFile;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules about environment, secrets and rights.
final class EnvRules {
  private static final int PRIVILEGED_PORTS = 1024;
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(passwo?r?d|passphrase|secret|token|api_?key|access_?key|private_?key|credential)"
              + "(?!.*(file|path|dir|url)$)");
  private static final int SECRET_CHARS_MIN = 5;
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Pattern SECRET_ARG =
      Pattern.compile("(?i)--?(password|passwd|secret|token|api-?key|access-?key)=(.+)");

  private EnvRules() {}

  static void secretInEnv(Subject.Service service, Subject subject) {
    for (var entry : service.spec().exec().env().set().entrySet()) {
      String name = entry.getKey();
      boolean written = !entry.getValue().isEmpty() && !entry.getValue().startsWith("/");
      if (written && name.length() >= SECRET_CHARS_MIN && SECRET.matcher(name).find()) {
        service.warn(
            "secret-in-clear",
            "env",
            "'%s' looks like a secret and stands in clear in the environment".formatted(name),
            "keep it in a file that only the service can read, or use env_file");
        return;
      }
    }
  }

  static void secretInArgs(Subject.Service service, Subject subject) {
    for (String arg : service.spec().exec().command().args()) {
      if (!arg.startsWith("-")) {
        continue;
      }
      Matcher matcher = SECRET_ARG.matcher(arg);
      if (matcher.matches() && !matcher.group(2).startsWith("/")) {
        service.warn(
            "secret-in-args",
            service.values().has("args") ? "args" : "command",
            "'--%s' is seen by everybody who lists processes".formatted(matcher.group(1)),
            "pass it by a file");
        return;
      }
    }
  }

  static void envFileMissing(Subject.Service service, Subject subject) {
    for (EnvFile file : service.spec().exec().env().files()) {
      if (file.required() && subject.facts().facts(Path.of(file.path())).isEmpty()) {
        service.warn(
            "env-file-missing",
            "env_file",
            "'%s' is not there, and the service cannot start without it".formatted(file.path()),
            "write it, or mark it optional by a leading '-'");
      }
    }
  }

  static void needsRoot(Subject.Service service, Subject subject) {
    Credentials credentials = service.spec().exec().credentials();
    boolean changes =
        !credentials.user().isEmpty()
            || !credentials.group().isEmpty()
            || !credentials.groups().isEmpty();
    if (changes && !subject.root()) {
      service.warn(
          "needs-root",
          credentials.user().isEmpty() ? "group" : "user",
          "only root can run a service as somebody else",
          "remove it, or run the daemon as root");
    }
  }

  static void privilegedPort(Subject.Service service, Subject subject) {
    String port = service.spec().exec().env().set().getOrDefault("PORT", "");
    Credentials credentials = service.spec().exec().credentials();
    boolean unprivileged =
        !credentials.user().isEmpty()
            && !credentials.user().equals("root")
            && !credentials.capabilities().contains("NET_BIND_SERVICE");
    if (unprivileged && PORT.matcher(port).matches() && Integer.parseInt(port) < PRIVILEGED_PORTS) {
      service.warn(
          "privileged-port",
          "env",
          "'%s' may not bind port %s".formatted(credentials.user(), port),
          "add 'capabilities: [NET_BIND_SERVICE]', or use a port from 1024");
    }
  }
}
