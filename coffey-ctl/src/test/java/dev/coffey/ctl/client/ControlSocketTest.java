package dev.coffey.ctl.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlSocketTest {
  @Test
  void optionGoesBeforeTheEnvironmentAndThatBeforeTheStandardPlace() {
    Map<String, String> environment = Map.of("COFFEY_SOCKET", "/b", "XDG_RUNTIME_DIR", "/c");

    assertThat(ControlSocket.find("/a", environment))
        .isEqualTo(new ControlSocket(Path.of("/a"), "--socket"));
    assertThat(ControlSocket.find(null, environment))
        .isEqualTo(new ControlSocket(Path.of("/b"), "COFFEY_SOCKET"));
    assertThat(ControlSocket.find(null, Map.of("COFFEY_SOCKET", "")).isStandard()).isTrue();
  }

  @Test
  void standardPlaceIsTheSystemsForRootAndTheUsersOwnForOthers() {
    Map<String, String> withRuntimeDir = Map.of("XDG_RUNTIME_DIR", "/run/user/1000");

    assertThat(ControlSocket.standard(withRuntimeDir, 0)).hasToString("/run/coffey.sock");
    assertThat(ControlSocket.standard(withRuntimeDir, 1000))
        .hasToString("/run/user/1000/coffey/coffey.sock");
    assertThat(ControlSocket.standard(Map.of(), 1000)).hasToString("/tmp/coffey-1000/coffey.sock");
  }
}
