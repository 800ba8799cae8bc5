package dev.coffey.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballTest {
  private static final String LONG_PLACE =
      "lib/" + "folder/".repeat(12) + "name-".repeat(10) + "x.jar";

  @TempDir Path scratch;

  @Test
  void tarUnpacksWhatWasPackedWithItsTimesAndWithoutArchivesOfClasses() throws Exception {
    Path tree = tree("coffey");
    Path tarball = scratch.resolve("coffey-1.2.3-linux.tar.gz");

    Tarball.pack(tree, tarball);

    Ran tar = Ran.in(scratch, "tar", "-xzf", tarball.toString());
    assertThat(tar.exit()).as(tar.err()).isZero();
    Path unpacked = scratch.resolve("coffey-1.2.3");
    assertThat(unpacked.resolve("bin/run")).hasContent("#!").isExecutable();
    assertThat(unpacked.resolve(LONG_PLACE)).hasContent("jar");
    assertThat(unpacked.resolve("lib/x.jsa")).doesNotExist();
    assertThat(Files.getLastModifiedTime(unpacked.resolve(LONG_PLACE)))
        .isEqualTo(Files.getLastModifiedTime(tree.resolve(LONG_PLACE)));
  }

  @Test
  void twoBuildsGiveTheSameBytes() throws IOException {
    Path one = scratch.resolve("one-linux.tar.gz");
    Path other = scratch.resolve("one-again-linux.tar.gz");

    Tarball.pack(tree("a"), one);
    Files.move(one, other);
    Tarball.pack(tree("b"), one);

    assertThat(one).hasSameBinaryContentAs(other);
  }

  private Path tree(String name) throws IOException {
    Path tree = scratch.resolve(name);
    Tree.update(
        tree,
        Map.of(
            "bin/run",
            new Content("#!".getBytes(UTF_8), true),
            LONG_PLACE,
            new Content("jar".getBytes(UTF_8), false)));
    Files.writeString(tree.resolve("lib/x.jsa"), name);
    return tree;
  }
}
