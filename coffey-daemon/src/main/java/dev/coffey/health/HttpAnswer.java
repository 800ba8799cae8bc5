package dev.coffey.health;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The head of an HTTP/1 answer, and as much of the body as a pattern is held against.
record HttpAnswer(int code, String statusText, Map<String, String> headers) {
  static final int HEAD_BYTES_MAX = 64 << 10;
  static final int BODY_BYTES_MAX = 64 << 10;

  /// Reads up to the blank line, passing over interim answers.
  static HttpAnswer read(InputStream in) throws IOException {
    int[] budgetBytes = {HEAD_BYTES_MAX};
    while (true) {
      String status = line(in, budgetBytes);
      if (!status.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
        throw new IOException("not an HTTP answer: '%s'".formatted(shown(status)));
      }
      Map<String, String> headers = new HashMap<>();
      for (String line = line(in, budgetBytes); !line.isEmpty(); line = line(in, budgetBytes)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          headers.put(
              line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
              line.substring(colon + 1).trim());
        }
      }
      int code = Integer.parseInt(status.substring(9, 12));
      if (code >= 200 || code == 101) {
        return new HttpAnswer(code, status.substring(9).trim(), headers);
      }
    }
  }

  /// The body's beginning, as text.
  String body(InputStream in, String method) throws IOException {
    if (method.equals("HEAD") || code == 204 || code == 304) {
      return "";
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers
        .getOrDefault("transfer-encoding", "")
        .toLowerCase(Locale.ROOT)
        .endsWith("chunked")) {
      readChunks(in, body);
    } else {
      String length = headers.getOrDefault("content-length", "");
      boolean known = length.matches("[0-9]{1,9}");
      copy(in, body, known ? Integer.parseInt(length) : BODY_BYTES_MAX);
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private static void readChunks(InputStream in, ByteArrayOutputStream body) throws IOException {
    int[] budgetBytes = {HEAD_BYTES_MAX};
    while (body.size() < BODY_BYTES_MAX) {
      String size = line(in, budgetBytes).replaceFirst(";.*", "").trim();
      if (!size.matches("[0-9a-fA-F]{1,7}")) {
        throw new IOException("not an HTTP answer: chunk size '%s'".formatted(shown(size)));
      }
      int chunkBytes = Integer.parseInt(size, 16);
      if (chunkBytes == 0) {
        return;
      }
      copy(in, body, chunkBytes);
      line(in, budgetBytes);
    }
  }

  private static void copy(InputStream in, ByteArrayOutputStream body, int bytes)
      throws IOException {
    body.write(in.readNBytes(Math.min(bytes, BODY_BYTES_MAX - body.size())));
  }

  private static String line(InputStream in, int[] budgetBytes) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
      if (--budgetBytes[0] < 0) {
        throw new IOException("answer's head is longer than %d bytes".formatted(HEAD_BYTES_MAX));
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
