package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which Java the launchers take, tried with Java homes whose `java` only tells that it was called.
class LauncherIT {
  @TempDir Path directory;

  @Test
  void javaHomeIsTakenWhenItIsOfTheRightVersion() throws Exception {
    Ran ran = ctl(Map.of("JAVA_HOME", javaHome("25.0.1")), "status", "a b");

    assertThat(ran.out()).startsWith("java of 25.0.1:").endsWith(" status a b\n");
  }

  @Test
  void javaHomeOfAnotherVersionIsPassedOver() throws Exception {
    Ran ran = ctl(Map.of("JAVA_HOME", javaHome("17.0.15")), "--help");

    assertThat(ran.out()).doesNotContain("java of");
    assertThat(ran.exit()).as(ran.err()).isZero();
  }

  @Test
  void theHomeMeantForCoffeyIsBelievedWhateverItsVersion() throws Exception {
    Ran ran =
        ctl(Map.of("COFFEY_JAVA_HOME", javaHome("26"), "JAVA_HOME", javaHome("25")), "status");

    assertThat(ran.out()).startsWith("java of 26:");
  }

  @Test
  void aHomeMeantForCoffeyWithoutJavaIsToldOf() throws Exception {
    Ran ran = ctl(Map.of("COFFEY_JAVA_HOME", "/nowhere"), "status");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.errLines()).singleElement().asString().contains("'/nowhere'");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void furtherOptionsGoToTheVirtualMachine() throws Exception {
    Ran ran =
        ctl(Map.of("JAVA_HOME", javaHome("25"), "COFFEY_JAVA_OPTIONS", "-Da=b -Dc=d"), "status");

    assertThat(ran.out()).contains(" -Da=b -Dc=d ");
  }

  @Test
  void theDaemonsNameStartsTheClientForAVerbAndTheDaemonOtherwise() throws Exception {
    Map<String, String> environment = Map.of("JAVA_HOME", javaHome("25"));
    Path coffeyd = Distribution.built().coffeyd();

    Ran verb = Distribution.run(coffeyd, environment, "status");
    Ran daemon = Distribution.run(coffeyd, environment, "--config", "x");

    assertThat(verb.out()).contains("/coffey-ctl-", "-Dcoffey.program=coffeyd");
    assertThat(daemon.out()).contains("/quarkus-run.jar", "-XX:-MaxFDLimit");
  }

  private static Ran ctl(Map<String, String> environment, String... arguments) throws Exception {
    return Distribution.run(Distribution.built().coffeyctl(), environment, arguments);
  }

  private String javaHome(String version) throws IOException {
    Path home = directory.resolve("java " + version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_RUNTIME_VERSION=\"%1$s+1\"\nJAVA_VERSION=\"%1$s\"\n"
            .formatted(version));
    Path java = home.resolve("bin/java");
    Files.writeString(java, "#!/bin/sh\necho \"java of %s:\" \"$@\"\n".formatted(version));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home.toString();
  }
}
