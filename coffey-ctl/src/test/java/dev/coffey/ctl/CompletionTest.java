package dev.coffey.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  /// In place of the client: what it would print, and what it was asked.
  private static final String CLIENT =
      """
      #!/bin/sh
      echo "$@" > "%s"
      printf 'api\\nback\\nweb\\nweb@1\\nweb@2\\n'
      """;

  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path directory;

  @Test
  void namesAreThoseOfServicesTemplatesAndGroups() {
    try (FakeDaemon daemon = new FakeDaemon()) {
      daemon.answer(
          ServiceControlGrpc.getListServicesMethod(),
          ListServicesResponse.newBuilder()
              .addServices(Service.newBuilder().setName("web@1"))
              .addServices(Service.newBuilder().setName("web@2"))
              .addServices(Service.newBuilder().setName("api"))
              .addGroups("back")
              .build());
      daemon.start();
      Shell shell = Shell.at(daemon.socket());

      int exit = shell.run("completion", "--names");

      assertThat(exit).isZero();
      assertThat(shell.out()).isEqualTo("api\nback\nweb\nweb@1\nweb@2\n");
      assertThat(((ListServicesRequest) daemon.requests().getFirst()).getReadMask().getPathsList())
          .containsExactly("name");
    }
  }

  @Test
  void bashCompletesServicesOfTheDaemonThatIsNamed() throws Exception {
    assumeTrue(Files.exists(BASH));
    Path client = client(CLIENT.formatted(directory.resolve("asked")));

    assertThat(completed(client, "stop", "a")).containsExactly("api");
    assertThat(completed(client, "logs", "--socket", "/run/s", "-v", ""))
        .containsExactly("api", "back", "web", "web@1", "web@2");
    assertThat(directory.resolve("asked"))
        .content()
        .isEqualTo("completion --names --socket /run/s\n");
    assertThat(completed(client, "stop", "--ca")).containsExactly("--cascade");
    assertThat(completed(client, "shutdown", "a")).isEmpty();
  }

  /// Bash takes '@' for a word of its own.
  @Test
  void bashCompletesInstancesBehindTheirAt() throws Exception {
    assumeTrue(Files.exists(BASH));
    Path client = client(CLIENT.formatted(directory.resolve("asked")));

    assertThat(completed(client, "stop", "web", "@", "")).containsExactly("1", "2");
    assertThat(completed(client, "stop", "web")).containsExactly("web", "web@1", "web@2");
  }

  /// It completes nothing at all where a letter follows a second colon, which Bash takes for a
  /// name.
  @Test
  void theScriptHoldsNothingThatZshReadsOtherwise() {
    Shell shell = Shell.at(directory.resolve("s"));

    assertThat(shell.run("completion", "zsh")).isZero();

    assertThat(shell.out()).doesNotContainPattern("\\$\\{\\w+:\\d+:[A-Za-z_]");
  }

  @Test
  void bashCompletesNothingAndSaysNothingWithoutADaemon() throws Exception {
    assumeTrue(Files.exists(BASH));
    Path client = client("#!/bin/sh\necho 'coffeyctl: no daemon' >&2\nexit 7\n");

    assertThat(completed(client, "stop", "a")).isEmpty();
  }

  private Path client(String script) throws IOException {
    Path client = Files.writeString(directory.resolve("coffeyctl"), script);
    assertThat(client.toFile().setExecutable(true)).isTrue();
    return client;
  }

  /// What bash offers for the last of the words, of which a lone '@' stands close to its
  /// neighbours.
  private List<String> completed(Path client, String... words) throws Exception {
    Shell shell = Shell.at(directory.resolve("s"));
    assertThat(shell.run("completion")).isZero();
    Path script = Files.writeString(directory.resolve("script"), shell.out());
    String line = (client + " " + String.join(" ", words)).replace(" @ ", "@");
    String asked =
        """
        compopt() { :; }  # it complains where nobody presses a key
        . '%s'
        COMP_WORDS=('%s' %s)
        COMP_CWORD=%d
        COMP_LINE='%s'
        COMP_POINT=${#COMP_LINE}
        _complete_coffeyctl
        for reply in "${COMPREPLY[@]}"; do echo "$reply"; done
        """
            .formatted(
                script,
                client,
                String.join(" ", List.of(words).stream().map("'%s'"::formatted).toList()),
                words.length,
                line);
    Process bash =
        new ProcessBuilder(BASH.toString(), "--norc", "-c", asked)
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String told = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(told).isZero();
    return told.lines().toList();
  }
}
