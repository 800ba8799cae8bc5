package dev.coffey.logs.segments;

import dev.coffey.spec.ServiceName;

/// Follows the current run over stretches of a file without taking apart every line.
final class RunWatch {
  private static final ServiceName NOBODY = new ServiceName("nobody");

  private RunWatch() {}

  /// The current run after these lines, when it was `before` in front of them.
  static long after(byte[] in, int from, int to, long before) {
    long run = before;
    int line = from;
    for (int end = Newline.find(in, line, to); end >= 0; end = Newline.find(in, line, to)) {
      boolean marker =
          end - line > LineFormat.HEAD_LENGTH
              && in[line + LineFormat.TAG_AT + 1] == ':'
              && LineParser.isMarker(in, line, end);
      if (marker) {
        LineParser parser = new LineParser(NOBODY, LogFilter.ALL, 1, run);
        parser.parse(in, line, end);
        run = parser.run();
      }
      line = end + 1;
    }
    return run;
  }
}
