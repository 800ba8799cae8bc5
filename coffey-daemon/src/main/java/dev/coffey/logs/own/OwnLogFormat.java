package dev.coffey.logs.own;

import dev.coffey.spec.DaemonSpec.OwnLog.Format;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/// How a record of the daemon's own log looks: one line, whatever is in it.
sealed interface OwnLogFormat {
  /// The line with its end.
  String line(LogRecord record);

  static OwnLogFormat of(Format format) {
    return switch (format) {
      case TEXT -> new Text();
      case JSON -> new Json();
    };
  }

  /// `2026-11-21T07:40:57.123Z INFO coffey.supervisor: web: starting -> running`
  record Text() implements OwnLogFormat {
    @Override
    public String line(LogRecord record) {
      StringBuilder line = new StringBuilder();
      line.append(time(record.getInstant())).append(' ');
      line.append("%-5s".formatted(word(record.getLevel()))).append(' ');
      line.append(record.getLoggerName()).append(": ").append(message(record));
      if (record.getThrown() != null) {
        line.append(": ").append(described(record.getThrown()));
      }
      return oneLine(line) + "\n";
    }
  }

  /// `{"time":"…","level":"info","logger":"coffey.supervisor","message":"…"}`
  record Json() implements OwnLogFormat {
    @Override
    public String line(LogRecord record) {
      StringBuilder line = new StringBuilder("{");
      field(line, "time", time(record.getInstant()));
      field(line.append(','), "level", word(record.getLevel()).toLowerCase(Locale.ROOT));
      field(line.append(','), "logger", String.valueOf(record.getLoggerName()));
      field(line.append(','), "message", message(record));
      if (record.getThrown() != null) {
        field(line.append(','), "error", described(record.getThrown()));
      }
      return line.append("}\n").toString();
    }

    private static void field(StringBuilder line, String name, String value) {
      line.append('"').append(name).append("\":\"");
      value.chars().forEach(c -> escaped(line, (char) c));
      line.append('"');
    }

    private static void escaped(StringBuilder line, char c) {
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        default -> {
          if (c < ' ') {
            line.append("\\u%04x".formatted((int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
  }

  private static String time(Instant instant) {
    return Parts.FORM.format(instant);
  }

  /// A place for what an interface cannot keep to itself.
  final class Parts {
    private static final DateTimeFormatter FORM =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// Knows the ways in which loggers put values into a message.
    private static final ExtFormatter WORDS =
        new ExtFormatter() {
          @Override
          public String format(ExtLogRecord record) {
            return formatMessage(record);
          }
        };

    private Parts() {}
  }

  private static String word(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  private static String message(LogRecord record) {
    return Parts.WORDS.formatMessage(record);
  }

  private static String described(Throwable thrown) {
    StringBuilder text = new StringBuilder(thrown.toString());
    for (StackTraceElement frame : thrown.getStackTrace()) {
      text.append(" | ").append(frame);
      if (text.length() > 2000) {
        break;
      }
    }
    return text.toString();
  }

  private static String oneLine(CharSequence text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(c < ' ' && c != '\t' ? ' ' : c);
    }
    return line.toString();
  }
}
