package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tree runs wherever it lies, whole or the client alone, and never runs what was replaced.
class RelocationIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"-a", "-r"})
  void copiedElsewhereTheDaemonSupervisesAndTheClientAsks(String flag) throws Exception {
    Distribution copy = Distribution.built().copy(directory.resolve("else where"), flag);
    Path work = Files.createDirectory(directory.resolve("w"));
    Workplace place = new Workplace(work).service("only", "exec sleep 1000\n");
    try (PackagedDaemon daemon = PackagedDaemon.launch(copy, place)) {
      daemon.awaitAnswer();
      daemon.awaitState("only", "running");

      assertThat(daemon.terminate()).as(daemon.output()).isIn(0, 143);
      assertThat(Processes.naming(work)).isEmpty();
    }
  }

  @Test
  void archiveUnpacksToATreeThatRuns() throws Exception {
    Path home = Distribution.built().home();
    Path archive = onlyFile(home.resolveSibling("."), "coffey-", ".tar.gz");

    Ran tar = Ran.in(directory, "tar", "-xzf", archive.toString());
    Ran help = new Distribution(onlyFile(directory, "coffey-", "")).ctl("--help");

    assertThat(tar.exit()).as(tar.err()).isZero();
    assertThat(help.exit()).as(help.err()).isZero();
    assertThat(help.out()).contains("status");
  }

  @Test
  void clientAloneIsEnoughOnAControlHost() throws Exception {
    Path home = directory.resolve("ctl");
    Files.createDirectories(home.resolve("lib"));
    new Distribution(Distribution.built().home().resolve("bin/coffeyctl"))
        .copy(Files.createDirectories(home.resolve("bin")).resolve("coffeyctl"), "-p");
    new Distribution(Distribution.built().home().resolve("lib/coffeyctl"))
        .copy(home.resolve("lib/coffeyctl"), "-r");

    Ran status = new Distribution(home).ctl("--socket", directory + "/sock", "status");

    assertThat(status.exit()).isEqualTo(7);
    assertThat(status.errLines()).hasSize(1);
    assertThat(status.out()).isEmpty();
  }

  @Test
  void clientIsFoundThroughSymbolicLinks() throws Exception {
    Path absolute =
        Files.createSymbolicLink(directory.resolve("a"), Distribution.built().coffeyctl());
    Path relative = Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));

    Ran help = Distribution.run(relative, Map.of(), "--help");

    assertThat(absolute).exists();
    assertThat(help.exit()).as(help.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"built", "copied"})
  void archiveOfClassesIsUsedWhereverTheTreeLies(String where) throws Exception {
    Distribution built = Distribution.built();
    Distribution tree = where.equals("built") ? built : built.copy(directory.resolve("copy"), "-a");
    Path log = directory.resolve("classes");

    Ran help = loading(tree, log);

    assertThat(help.exit()).as(help.err()).isZero();
    assertThat(log).content().containsPattern("dev\\.coffey\\.ctl\\.Coffeyctl source: shared");
  }

  @Test
  void replacedJarIsWhatRuns() throws Exception {
    Distribution copy = Distribution.built().copy(directory.resolve("copy"), "-a");
    Path jar = onlyFile(copy.home().resolve("lib/coffeyctl"), "coffey-ctl-", ".jar");
    Path log = directory.resolve("classes");

    replaceMain(jar, "public static void main(String[] words) { System.out.println(\"new\"); }");
    Ran help = loading(copy, log);

    assertThat(help.out()).isEqualTo("new\n");
    assertThat(help.err()).isEmpty();
    assertThat(log).content().doesNotContainPattern("dev\\.coffey\\..* source: shared");
  }

  private static Ran loading(Distribution tree, Path log) throws Exception {
    String options = "-Xlog:class+load:file=" + log;
    return Distribution.run(tree.coffeyctl(), Map.of("COFFEY_JAVA_OPTIONS", options), "--help");
  }

  private void replaceMain(Path jar, String main) throws IOException {
    Path source = directory.resolve("Coffeyctl.java");
    Files.writeString(
        source, "package dev.coffey.ctl; public class Coffeyctl { %s }".formatted(main));
    Path classes = Files.createDirectory(directory.resolve("new"));
    int problems =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    assertThat(problems).isZero();
    String place = "dev/coffey/ctl/Coffeyctl.class";
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.copy(classes.resolve(place), zip.getPath(place), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path onlyFile(Path directory, String begin, String end) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found
          .filter(path -> path.getFileName().toString().startsWith(begin))
          .filter(path -> path.getFileName().toString().endsWith(end))
          .findFirst()
          .orElseThrow();
    }
  }
}
