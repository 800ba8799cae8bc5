package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.config.keys.DaemonKeys;
import dev.coffey.config.keys.KeyTable;
import dev.coffey.config.keys.Later;
import dev.coffey.config.keys.ServiceKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The manual page of the file format, against the table of keys.
class ManualPageTest {
  private static final Path PAGE = Path.of("../deploy/src/man/coffey.yaml.5");

  static Stream<String> supportedKeys() {
    return Stream.of(ServiceKeys.FILE, DaemonKeys.COFFEY, ServiceKeys.SERVICE)
        .flatMap(ManualPageTest::supported)
        .filter(key -> !key.equals("set"));
  }

  private static Stream<String> supported(KeyTable table) {
    return table.keys().keySet().stream()
        .filter(key -> !Later.KEYS.contains(table.id() + "." + key));
  }

  @ParameterizedTest
  @MethodSource("supportedKeys")
  void everyKeyIsNamed(String key) throws IOException {
    assertThat(Files.readString(PAGE)).containsPattern("(?m)^\\.(BR?|SH) .*\\b" + key + "\\b");
  }
}
