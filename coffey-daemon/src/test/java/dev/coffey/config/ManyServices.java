package dev.coffey.config;

/// Ordinary services in any number, each in need of two earlier ones.
final class ManyServices {
  private ManyServices() {}

  /// A file that defines this many, from this number on.
  static String text(int first, int count) {
    StringBuilder text = new StringBuilder("services:\n");
    for (int number = first; number < first + count; number++) {
      text.append(
          """
            - name: service-%1$d
              binary: /bin/sleep
              args: ["%1$d", "9", "service-%1$d"]
              env: {PORT: %1$d, MODE: fast}
              restart: always
              stop: {timeout: 5s}
              backoff: {initial: 1s, max: 30s}
              healthcheck:
                readiness: {type: http, url: "http://127.0.0.1:%2$d/healthz", interval: 5s}
              depends_on: [%3$s]
          """
              .formatted(number, 1 + number % 65_535, needs(number)));
    }
    return text.toString();
  }

  private static String needs(int number) {
    return number < 10 ? "" : "service-%d, service-%d".formatted(number / 2, number / 2 + 1);
  }
}
