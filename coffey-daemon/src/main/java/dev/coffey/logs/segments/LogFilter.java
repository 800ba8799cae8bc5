package dev.coffey.logs.segments;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which entries a reader wants. Markers are not asked for their stream or text.
///
/// @param since in microseconds since 1970; `Long.MIN_VALUE` for no limit
/// @param until exclusive; `Long.MAX_VALUE` for no limit
/// @param run 0 for all
/// @param grep null for all
public record LogFilter(
    boolean stdout, boolean stderr, long since, long until, long run, @Nullable Pattern grep) {
  /// Everything.
  public static final LogFilter ALL =
      new LogFilter(true, true, Long.MIN_VALUE, Long.MAX_VALUE, 0, null);

  boolean wants(LogStream stream, long micros, long ofRun) {
    return (stream == LogStream.STDOUT ? stdout : stderr)
        && micros >= since
        && micros < until
        && (run == 0 || run == ofRun);
  }

  boolean wantsMarker(long micros, long ofRun) {
    return micros >= since && micros < until && (run == 0 || run == ofRun);
  }

  boolean finds(byte[] in, int from, int to) {
    if (grep == null) {
      return true;
    }
    String text = new String(in, from, to - from, StandardCharsets.UTF_8);
    try {
      return grep.matcher(new BoundedText(text)).find();
    } catch (StackOverflowError _) {
      throw tooLong();
    }
  }

  private static IllegalArgumentException tooLong() {
    return new IllegalArgumentException("cannot search: the expression takes too long on one line");
  }

  /// Ends a search that a hostile expression would draw out for ever.
  private static final class BoundedText implements CharSequence {
    private static final int LOOKS_MAX = 20_000_000;

    private final CharSequence text;
    private int looks;

    BoundedText(CharSequence text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > LOOKS_MAX) {
        throw tooLong();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
