package dev.coffey.process;

import dev.coffey.spec.EnvSpec.EnvFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads `NAME=value` lines: blank lines and `#` comments are left out, `export ` may stand before
/// the name, a value may be quoted. Single quotes keep all, double quotes know `\n \t \" \\ \$`.
final class EnvFileReader {
  private static final long FILE_BYTES_MAX = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private EnvFileReader() {}

  static Map<String, String> read(EnvFile file) throws LaunchException {
    Map<String, String> variables = new LinkedHashMap<>();
    int number = 0;
    for (String line : text(file).split("\\R", -1)) {
      number++;
      String stripped = line.strip();
      if (!stripped.isEmpty() && !stripped.startsWith("#")) {
        add(variables, stripped, file.path() + ":" + number);
      }
    }
    return variables;
  }

  private static String text(EnvFile file) throws LaunchException {
    Path path = Path.of(file.path());
    try {
      // Nobody may ever write into a pipe, and a device may never end.
      if (Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
        throw failure(file.path(), "it is a pipe, a socket or a device");
      }
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw failure(file.path(), "larger than %d bytes".formatted(FILE_BYTES_MAX));
      }
      String text = Files.readString(path);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (MalformedInputException _) {
      throw failure(file.path(), "not valid UTF-8");
    } catch (NoSuchFileException missing) {
      if (file.required()) {
        throw failure(file.path(), "no such file");
      }
      return "";
    } catch (IOException refused) {
      throw failure(file.path(), String.valueOf(refused.getMessage()));
    }
  }

  private static void add(Map<String, String> variables, String line, String place)
      throws LaunchException {
    if (line.indexOf('\0') >= 0) {
      throw failure(place, "must not hold a NUL character");
    }
    String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
    int equals = assignment.indexOf('=');
    String name = equals < 0 ? assignment : assignment.substring(0, equals).strip();
    if (equals < 0 || !NAME.matcher(name).matches()) {
      throw failure(place, "expected NAME=value");
    }
    variables.put(name, value(assignment.substring(equals + 1).strip(), place));
  }

  private static String value(String written, String place) throws LaunchException {
    if (written.isEmpty() || (written.charAt(0) != '"' && written.charAt(0) != '\'')) {
      int comment = written.indexOf(" #");
      return comment < 0 ? written : written.substring(0, comment).strip();
    }
    char quote = written.charAt(0);
    StringBuilder value = new StringBuilder();
    for (int at = 1; at < written.length(); at++) {
      char c = written.charAt(at);
      if (c == quote) {
        return value.toString();
      }
      if (quote == '"' && c == '\\' && at + 1 < written.length()) {
        at++;
        value.append(escaped(written.charAt(at)));
      } else {
        value.append(c);
      }
    }
    throw failure(place, "the quote %c is not closed".formatted(quote));
  }

  private static String escaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case '"', '\\', '$', '`' -> String.valueOf(c);
      default -> "\\" + c;
    };
  }

  private static LaunchException failure(String place, String reason) {
    return new LaunchException("env", "cannot read env_file '%s': %s".formatted(place, reason));
  }
}
