package dev.coffey.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessTest {
  private final Access access = new Access(1000);

  @Test
  void rootAndTheDaemonsOwnUserAreAdmins() {
    assertThat(access.roleOf(new Peer(4711, 0, 0))).isEqualTo(Role.ADMIN);
    assertThat(access.roleOf(new Peer(4711, 1000, 1000))).isEqualTo(Role.ADMIN);
  }

  @Test
  void everyoneElseMayOnlyObserve() {
    Role role = access.roleOf(new Peer(4711, 1001, 1000));

    assertThat(role.covers(CallRoles.needed("coffey.v1.ServiceControl/ListServices"))).isTrue();
    assertThat(role.covers(CallRoles.needed("coffey.v1.ServiceControl/StopServices"))).isFalse();
    assertThat(role.covers(CallRoles.needed("coffey.v1.DaemonControl/Shutdown"))).isFalse();
  }

  @Test
  void aCallThatNobodyHasThoughtAboutIsForAdminsAlone() {
    assertThat(CallRoles.needed("coffey.v1.ServiceControl/Unheard")).isEqualTo(Role.ADMIN);
    assertThat(CallRoles.lists("coffey.v1.ServiceControl/Unheard")).isFalse();
  }
}
