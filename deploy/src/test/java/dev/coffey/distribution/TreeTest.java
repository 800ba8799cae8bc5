package dev.coffey.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {
  @TempDir Path scratch;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = scratch.resolve("coffey");
    Tree.update(tree, Map.of("bin/run", program("one"), "lib/a.jar", file("a")));
  }

  @Test
  void programsCanBeRunAndOtherFilesCannot() {
    assertThat(tree.resolve("bin/run")).isExecutable();
    assertThat(tree.resolve("lib/a.jar").toFile().canExecute()).isFalse();
  }

  @Test
  void whatHasNoPlaceAnyMoreIsRemovedWithItsFolder() throws IOException {
    Tree.update(tree, Map.of("bin/run", program("one")));

    assertThat(tree.resolve("lib")).doesNotExist();
    assertThat(tree.resolve("bin/run")).hasContent("one");
  }

  @Test
  void theArchiveOfClassesStaysWhileNothingChanges() throws IOException {
    Path archive = Files.writeString(tree.resolve("lib/a.jsa"), "classes");

    Tree.update(tree, Map.of("bin/run", program("one"), "lib/a.jar", file("a")));

    assertThat(archive).exists();
  }

  @Test
  void theArchiveOfClassesGoesWhenAJarChanges() throws IOException {
    Path archive = Files.writeString(tree.resolve("lib/a.jsa"), "classes");

    Tree.update(tree, Map.of("bin/run", program("one"), "lib/a.jar", file("b")));

    assertThat(archive).doesNotExist();
  }

  @Test
  void equalSizeButOtherBytesGiveAnotherTime() {
    assertThat(file("a").time()).isEqualTo(file("a").time()).isNotEqualTo(file("b").time());
  }

  private static Content file(String text) {
    return new Content(text.getBytes(UTF_8), false);
  }

  private static Content program(String text) {
    return new Content(text.getBytes(UTF_8), true);
  }
}
