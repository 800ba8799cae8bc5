package dev.coffey.config;

import static dev.coffey.config.Reading.loaded;
import static dev.coffey.config.Reading.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands where a file should be and is none.
class DiskFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void oneSoundDropIn() throws IOException {
    Files.createDirectory(folder.resolve("services.d"));
    Files.writeString(folder.resolve("services.d/web.yaml"), "binary: /bin/sh\n");
  }

  /// Nobody may write into it for ever, and a daemon that reloads would wait as long.
  @Test
  void fileThatWouldHaveToBeWaitedForIsRefused() throws IOException {
    Path socket = folder.resolve("services.d/db.yaml");
    try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));

      assertThat(refused(read()))
          .containsExactly(
              "%s unreadable : cannot read '%s': it is a pipe, a socket or a device"
                  .formatted(socket, socket));
    }
  }

  @Test
  void linkThatLeadsNowhereIsRefusedAndNotTakenForNoFile() throws IOException {
    Path main = folder.resolve("config.yaml");
    Files.createSymbolicLink(main, Path.of("/nowhere/config.yaml"));

    assertThat(refused(read()))
        .containsExactly(
            "%s unreadable : cannot read '%s': it is a link to '/nowhere/config.yaml', which is not"
                    .formatted(main, main)
                + " there");
  }

  /// A container whose mount finds no source makes a directory of it.
  @Test
  void directoryInTheFilesPlaceIsRefusedAndNotTakenForNoFile() throws IOException {
    Files.createDirectory(folder.resolve("config.yaml"));

    assertThat(refused(read())).singleElement().asString().contains("unreadable");
  }

  @Test
  void linkToTheNullDeviceIsAnEmptyFileAndMasks() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), "services: {db: {binary: /bin/sh}}\n");
    Files.createSymbolicLink(folder.resolve("services.d/db.yaml"), Path.of("/dev/null"));

    assertThat(loaded(read()).plan().services().keySet())
        .extracting("value")
        .containsExactly("web");
  }

  private ConfigOutcome read() {
    return new ConfigReader(new DiskFiles(), Reading.ROOT)
        .read(ConfigRequest.strict(List.of(folder.toString())));
  }
}
