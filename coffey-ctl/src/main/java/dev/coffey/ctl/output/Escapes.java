package dev.coffey.ctl.output;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes foreign bytes fit to be shown: nothing a service writes may move the cursor or end a line.
final class Escapes {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");

  private Escapes() {}

  /// The text, if it is UTF-8.
  static Optional<String> utf8(ByteString bytes) {
    return bytes.isValidUtf8() ? Optional.of(bytes.toStringUtf8()) : Optional.empty();
  }

  static String plain(String text) {
    return escape(text, Palette.PLAIN);
  }

  /// Colours of the service itself pass where colour is wanted at all. The return before a line's
  /// end, which terminals add to each line, is not shown.
  static String show(ByteString line, Palette palette) {
    int last = line.size() - 1;
    ByteString bytes = last >= 0 && line.byteAt(last) == '\r' ? line.substring(0, last) : line;
    return utf8(bytes)
        .map(text -> escape(text, palette))
        .orElseGet(() -> escapeBytes(bytes.asReadOnlyByteBuffer(), palette));
  }

  private static String escape(String text, Palette palette) {
    if (text.chars().noneMatch(Escapes::isControl)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    boolean coloured = false;
    var colours = COLOUR.matcher(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\u001b' && colours.region(i, text.length()).lookingAt()) {
        if (palette == Palette.COLOURED) {
          shown.append(colours.group());
          coloured = true;
        }
        i = colours.end() - 1;
      } else if (isControl(c)) {
        shown.append(c == '\r' ? "\\r" : "\\x%02x".formatted((int) c));
      } else {
        shown.append(c);
      }
    }
    return coloured ? shown + "\u001b[0m" : shown.toString();
  }

  /// Decodes as far as it goes and writes out each byte that does not.
  private static String escapeBytes(ByteBuffer bytes, Palette palette) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    StringBuilder shown = new StringBuilder(bytes.remaining() + 16);
    CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
    while (bytes.hasRemaining()) {
      decoder.reset().decode(bytes, chars, true);
      shown.append(escape(chars.flip().toString(), palette));
      chars.clear();
      if (bytes.hasRemaining()) {
        shown.append(String.format(Locale.ROOT, "\\x%02x", bytes.get() & 0xff));
      }
    }
    return shown.toString();
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\t') || (c >= 0x7f && c < 0xa0);
  }
}
