package dev.coffey.config.tree;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Bytes of a file to text: strict UTF-8, with or without a byte order mark.
final class TextDecoder {
  /// What stands for bytes that are not UTF-8; a file may hold it as well.
  private static final char REPLACEMENT = '\uFFFD';

  private TextDecoder() {}

  /// A file's text as a source; what is not UTF-8 is reported and shown as a replacement.
  static Source decode(String name, byte[] bytes, Problems problems) {
    if (bytes.length > YamlParser.FILE_BYTES_MAX) {
      problems.error(
          "file-too-large",
          Place.whole(Source.named(name)),
          "",
          "must not be larger than %d MiB".formatted(YamlParser.FILE_BYTES_MAX >> 20),
          "split it into files of services.d");
      return Source.file(name, "");
    }
    if (isWide(bytes)) {
      problems.error(
          "not-utf8",
          new Place(Source.file(name, ""), 1, 1),
          "",
          "this file is UTF-16, not UTF-8",
          "save it as UTF-8, or turn it into that by 'iconv -f UTF-16 -t UTF-8'");
      return Source.file(name, "");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    Source source = Source.file(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    // Only where something was replaced can there be anything wrong.
    if (text.indexOf(REPLACEMENT) >= 0) {
      check(source, bytes, problems);
    }
    return source;
  }

  /// Whether two bytes stand for each letter, as some editors of Windows write them: a mark says
  /// so, or a zero beside each of the first letters.
  private static boolean isWide(byte[] bytes) {
    if (bytes.length < 4) {
      return false;
    }
    int mark = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    boolean even = bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0 && bytes[3] != 0;
    boolean odd = bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0 && bytes[2] != 0;
    return mark == 0xFFFE || mark == 0xFEFF || even || odd;
  }

  private static void check(Source source, byte[] bytes, Problems problems) {
    CharsetDecoder strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = strict.decode(in, out, true);
    if (result.isError()) {
      String before = out.flip().toString();
      int lineStart = before.lastIndexOf('\n') + 1;
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      problems.error(
          "not-utf8",
          new Place(source, line, before.length() - lineStart + 1),
          "",
          String.format(Locale.ROOT, "byte 0x%02X is not valid UTF-8", bytes[in.position()] & 0xFF),
          "save the file as UTF-8");
    }
  }
}
