package dev.coffey.ctl.output;

import dev.coffey.ctl.output.Palette.Tone;
import java.io.PrintStream;

/// Where a command's output goes: results to one stream, complaints to the other, or one JSON
/// document a line.
public final class Screen {
  private final String program;
  private final PrintStream out;
  private final PrintStream err;
  private final Look look;

  /// How it is to look. `columns` is what a table may fill.
  public record Look(boolean json, Palette palette, int columns) {}

  public Screen(String program, PrintStream out, PrintStream err, Look look) {
    this.program = program;
    this.out = out;
    this.err = err;
    this.look = look;
  }

  public String program() {
    return program;
  }

  public boolean isJson() {
    return look.json();
  }

  public Palette palette() {
    return look.palette();
  }

  public int columns() {
    return look.columns();
  }

  /// A line of the result, for people.
  public void line(String text) {
    out.print(text + "\n");
  }

  /// The result, or one of a stream of them, for programs.
  public void document(JsonObject json) {
    out.print(json + "\n");
  }

  /// Bytes as they are.
  public void bytes(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
  }

  public void flush() {
    out.flush();
    err.flush();
  }

  /// Nobody reads any more, as when the reader at the end of a pipe has gone.
  public boolean isBroken() {
    return out.checkError();
  }

  /// One line about what went wrong.
  public void complain(String sentence) {
    err.print(look.palette().paint(Tone.BAD, program + ": ") + sentence + "\n");
  }

  /// A further line below a complaint, or word of what goes on for those who asked.
  public void note(String text) {
    err.print(text + "\n");
  }
}
