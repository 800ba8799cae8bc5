package dev.coffey.config.lint;

import dev.coffey.spec.Command;
import dev.coffey.spec.ServiceSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Rules about what is executed.
final class CommandRules {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Set<String> OPERATORS =
      Set.of("|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>", "2>&1", "&>", "|&");
  private static final int OPERATOR_CHARS_MAX = 4;
  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh");
  private static final Pattern TYPOGRAPHIC = Pattern.compile("[\u2018-\u201F\u00AB\u00BB]");
  private static final Pattern NAME = Pattern.compile("\\$[A-Za-z_]");

  private CommandRules() {}

  static void relativeBinary(Subject.Service service, Subject subject) {
    String binary = binary(service);
    if (binary.contains("/") && !binary.startsWith("/") && !binary.startsWith("~")) {
      service.warn(
          "relative-binary",
          key(service),
          "'%s' is relative to the working directory '%s'"
              .formatted(binary, service.spec().exec().directory()),
          "write the absolute path");
    }
  }

  static void binaryOnDisk(Subject.Service service, Subject subject) {
    String binary = binary(service);
    if (binary.startsWith("~")) {
      return;
    }
    Optional<Facts.FileFacts> facts = factsOf(service.spec(), subject.facts());
    if (facts.isEmpty()) {
      String where = binary.contains("/") ? "" : " in its PATH";
      service.warn(
          "binary-missing",
          key(service),
          "'%s' is not there%s".formatted(binary, where),
          wayTo(service, binary));
    } else if (facts.get().directory() || !facts.get().executable()) {
      service.warn(
          "binary-not-executable",
          key(service),
          "'%s' is not executable".formatted(binary),
          "chmod +x it");
    } else if (facts.get().worldWritable()) {
      service.warn(
          "world-writable",
          key(service),
          "everybody may change '%s'".formatted(binary),
          "chmod o-w it");
    }
  }

  /// What people write first who think of a shell.
  private static String wayTo(Subject.Service service, String binary) {
    if (binary.indexOf(' ') > 0 && service.values().has("binary")) {
      return "'binary' is a path alone: write arguments in 'args', or all in 'command'";
    }
    if (TYPOGRAPHIC.matcher(binary).find()) {
      return "these quotes are letters like others: write \" or '";
    }
    if (binary.equals("sudo") || binary.equals("su")) {
      return "use 'user'";
    }
    return binary.equals("cd")
        ? "that is a word of the shell: use 'directory'"
        : binary.indexOf('=') > 0
            ? "no shell reads it: set variables by 'env'"
            : "install it, or correct the path";
  }

  /// The facts of the first file that the binary's name leads to.
  private static Optional<Facts.FileFacts> factsOf(ServiceSpec spec, Facts facts) {
    String binary = spec.exec().command().binary();
    Path directory = Path.of(spec.exec().directory());
    if (binary.contains("/")) {
      return factsOf(directory, binary, facts);
    }
    var env = spec.exec().env();
    String path = env.set().getOrDefault("PATH", env.defaults().getOrDefault("PATH", PATH));
    for (String part : path.split(":", -1)) {
      Optional<Facts.FileFacts> found = factsOf(directory, part + "/" + binary, facts);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Facts.FileFacts> factsOf(Path directory, String file, Facts facts) {
    try {
      return facts.facts(directory.resolve(file));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  static void shellCharacters(Subject.Service service, Subject subject) {
    Command command = service.spec().exec().command();
    if (isShell(command)) {
      return;
    }
    for (String arg : command.args()) {
      boolean operator = arg.length() <= OPERATOR_CHARS_MAX && OPERATORS.contains(arg);
      if (operator || isSubstitution(arg)) {
        service.warn(
            "shell-characters",
            argsKey(service),
            "'%s' is passed as it is: no shell reads it".formatted(arg),
            "use command with 'shell: true' if a shell is meant");
        return;
      }
    }
  }

  private static boolean isSubstitution(String arg) {
    return arg.contains("$(") || arg.indexOf('`') >= 0;
  }

  static void dollarName(Subject.Service service, Subject subject) {
    Command command = service.spec().exec().command();
    if (isShell(command)) {
      return;
    }
    for (String arg : command.args()) {
      if (arg.indexOf('$') >= 0 && NAME.matcher(arg).find() && !isSubstitution(arg)) {
        service.warn(
            "dollar-name",
            argsKey(service),
            "'%s' is passed as it is: only ${NAME} is replaced".formatted(arg),
            "write ${NAME}, or 'shell: true' for the service's own environment");
        return;
      }
    }
  }

  static void tilde(Subject.Service service, Subject subject) {
    Command command = service.spec().exec().command();
    boolean directory =
        service.values().has("directory") && service.values().text("directory").startsWith("~");
    boolean used = command.binary().startsWith("~/") || directory;
    for (String arg : command.args()) {
      used |= arg.startsWith("~/") && !isShell(command);
    }
    if (used) {
      service.warn(
          "tilde",
          directory ? "directory" : key(service),
          "'~' means nothing without a shell",
          "write the whole path, or ${HOME}");
    }
  }

  static void directoryMissing(Subject.Service service, Subject subject) {
    if (!service.values().has("directory")) {
      return;
    }
    String directory = service.spec().exec().directory();
    if (subject.facts().facts(Path.of(directory)).filter(Facts.FileFacts::directory).isEmpty()) {
      service.warn(
          "directory-missing",
          "directory",
          "'%s' is no directory".formatted(directory),
          "make it, or correct the path");
    }
  }

  static boolean isShell(Command command) {
    String binary = command.binary();
    return binary.endsWith("sh")
        && SHELLS.contains(binary.substring(binary.lastIndexOf('/') + 1))
        && command.args().contains("-c");
  }

  private static String binary(Subject.Service service) {
    return service.spec().exec().command().binary();
  }

  private static String key(Subject.Service service) {
    return service.values().has("binary") ? "binary" : "command";
  }

  private static String argsKey(Subject.Service service) {
    return service.values().has("args") ? "args" : key(service);
  }
}
