package dev.coffey.ctl.output;

import dev.coffey.ctl.output.Palette.Tone;
import dev.coffey.v1.LogLine;
import dev.coffey.v1.LogMarker;
import dev.coffey.v1.LogStream;

/// Prints log lines for people: who said it where several speak, and everything that could harm a
/// terminal escaped.
public final class LogText {
  private static final int NAME_COLUMNS_MAX = 24;

  /// What stands before a line.
  public enum Form {
    /// Nothing.
    BARE,
    /// The service.
    NAMED,
    /// The time.
    TIMED,
    /// The time and the service.
    TIMED_AND_NAMED,
    /// The service's bytes and nothing else, markers neither.
    RAW
  }

  private final Screen screen;
  private final Form form;
  private final String asked;
  private int nameColumns;

  public LogText(Screen screen, Form form) {
    this(screen, form, "");
  }

  /// For what one name asked for: where that is a group's or a template's, each line says whose it
  /// is.
  public LogText(Screen screen, Form form, String asked) {
    this.screen = screen;
    this.form = form;
    this.asked = asked;
  }

  public void print(LogLine line) {
    print(line, "");
  }

  void print(LogLine line, String indent) {
    boolean marker = line.getMarker() != LogMarker.LOG_MARKER_UNSPECIFIED;
    if (form == Form.RAW) {
      if (!marker) {
        raw(line);
      }
    } else if (marker) {
      screen.line(indent + screen.palette().paint(Tone.FAINT, marker(line)));
    } else {
      screen.line(indent + prefix(line) + Escapes.show(line.getText(), screen.palette()));
    }
  }

  /// A partial line gets no line end: what was split is whole again.
  private void raw(LogLine line) {
    screen.bytes(line.getText().toByteArray());
    if (!line.getPartial()) {
      screen.bytes(new byte[] {'\n'});
    }
  }

  private String prefix(LogLine line) {
    boolean timed = form == Form.TIMED || form == Form.TIMED_AND_NAMED;
    boolean named =
        form == Form.NAMED
            || form == Form.TIMED_AND_NAMED
            || (!asked.isEmpty() && !asked.equals(line.getService()));
    String prefix = timed ? screen.palette().paint(Tone.FAINT, Times.clock(line.getTime())) : "";
    boolean error = line.getStream() == LogStream.LOG_STREAM_STDERR;
    String bar = error ? "! " : "| ";
    if (named) {
      prefix += (timed ? " " : "") + name(line.getService());
    }
    return timed || named ? prefix + " " + bar : "";
  }

  /// As wide as the longest name so far, so that lines stand in one column soon and no list is
  /// needed first.
  private String name(String service) {
    nameColumns = Math.min(NAME_COLUMNS_MAX, Math.max(nameColumns, service.length()));
    String padded = service + " ".repeat(Math.max(0, nameColumns - service.length()));
    return screen.palette().paintName(service, padded);
  }

  private static String marker(LogLine line) {
    String what =
        switch (line.getMarker()) {
          case LOG_MARKER_RESTARTED -> "run %d begins".formatted(line.getRunId());
          case LOG_MARKER_END -> "run %d has ended".formatted(line.getRunId());
          case LOG_MARKER_ROTATED -> "goes on in a new file";
          case LOG_MARKER_GAP -> gap(line);
          case LOG_MARKER_UNSPECIFIED, UNRECOGNIZED -> "(a marker this client does not know)";
        };
    return "-- %s: %s --".formatted(line.getService(), what);
  }

  private static String gap(LogLine line) {
    if (line.hasLostLines()) {
      return line.getLostLines() + " lines are missing here";
    }
    return line.hasLostBytes()
        ? ServiceText.bytes(line.getLostBytes()) + " are missing here"
        : "lines are missing here";
  }
}
