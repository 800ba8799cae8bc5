package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verbs about files, by both commands, where no daemon is.
class FileVerbsIT {
  @TempDir Path directory;

  private final Distribution distribution = Distribution.built();

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("config.yaml"), text);
  }

  @Test
  void whatIsWrongIsToldWithItsPlaceAndExitEight() throws Exception {
    Path file = file("services:\n  web: {binry: /b}\n");

    Ran validate = distribution.ctl("validate", file.toString());

    assertThat(validate.exit()).isEqualTo(8);
    assertThat(validate.err())
        .contains(file + ":2:9: services.web.binry: unknown key 'binry' [unknown-key]");
  }

  @Test
  void bothCommandsSayTheSame() throws Exception {
    Path file = file("services:\n  web: {command: sleep 9}\n");

    Ran client = distribution.ctl("config", "-c", file.toString(), "web", "--origin");
    Ran daemon =
        Distribution.run(
            distribution.coffeyd(), Map.of(), "config", "-c", file.toString(), "web", "--origin");

    assertThat(client.exit()).isZero();
    assertThat(client.out()).contains("command: \"sleep 9\"").contains(file + ":2");
    assertThat(daemon.out()).isEqualTo(client.out());
  }

  @Test
  void anOptionBeforeTheVerbChangesNothing() throws Exception {
    Path file = file("services:\n  web: {command: /bin/sleep 9}\n");

    Ran validate = distribution.ctl("-j", "validate", file.toString());

    assertThat(validate.err()).isEmpty();
    assertThat(validate.out()).isEqualTo("{\"valid\":true,\"problems\":[]}\n");
    assertThat(validate.exit()).isZero();
  }

  @Test
  void schemaIsTheFileThatIsShipped() throws Exception {
    Path share = distribution.home().resolve("share/coffey");

    assertThat(distribution.ctl("schema").out())
        .isEqualTo(Files.readString(share.resolve("coffey.schema.json")));
    assertThat(Files.readString(share.resolve("configuration.md"))).contains("| `binary`");
  }
}
