package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Accounts;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.Credentials;
import dev.coffey.spec.EnvSpec;
import dev.coffey.spec.ExecSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final ExecSpec SHOW_STATUS = World.exec("/bin/cat", "/proc/self/status");

  private final World world = new World();

  @BeforeEach
  void needRoot() {
    assumeTrue(Surroundings.own().root(), "only root can become somebody else");
    assumeTrue(Helpers.setpriv().isPresent(), "setpriv of util-linux is missing");
    assumeTrue(new Accounts(Libc.open()).user("nobody").isPresent(), "no user nobody");
  }

  @AfterEach
  void leaveNothing() {
    world.close();
  }

  /// T61: groups, group and user, in this order.
  @Test
  void aUserTakesOnAllOfItsIdsAndNoGroupOfRoot() throws Exception {
    String status = run(Specs.with(SHOW_STATUS, Specs.user("nobody")));

    Accounts.User nobody = new Accounts(Libc.open()).user("nobody").orElseThrow();
    assertThat(status).contains("Uid:" + ("\t" + nobody.uid()).repeat(4));
    assertThat(status).contains("Gid:" + ("\t" + nobody.gid()).repeat(4));
    assertThat(line(status, "Groups:")).doesNotContainPattern("\\b0\\b");
  }

  @Test
  void aUserHasNoCapabilityAndCanGetNoPrivilege() throws Exception {
    String status = run(Specs.with(SHOW_STATUS, Specs.user("nobody")));

    for (String set : List.of("CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:")) {
      assertThat(line(status, set)).isEqualTo("0000000000000000");
    }
    assertThat(line(status, "NoNewPrivs:")).isEqualTo("1");
  }

  @Test
  void aCapabilityThatIsKeptIsEffective() throws Exception {
    Credentials kept =
        new Credentials("nobody", "", List.of(), true, true, List.of("CAP_NET_BIND_SERVICE"));

    String status = run(Specs.with(SHOW_STATUS, kept));

    assertThat(line(status, "CapEff:")).isEqualTo("0000000000000400");
    assertThat(line(status, "CapAmb:")).isEqualTo("0000000000000400");
  }

  @Test
  void groupsAreExactlyThoseGiven() throws Exception {
    Credentials given =
        new Credentials("nobody", "daemon", List.of("mail", "12345"), true, true, List.of());

    String status = run(Specs.with(SHOW_STATUS, given));

    Accounts accounts = new Accounts(Libc.open());
    int daemon = accounts.group("daemon").orElseThrow();
    assertThat(status).contains("Gid:" + ("\t" + daemon).repeat(4));
    assertThat(line(status, "Groups:").split(" "))
        .containsExactlyInAnyOrder("" + accounts.group("mail").orElseThrow(), "12345");
  }

  @Test
  void aUserMayBeANumberThatNobodyHas() throws Exception {
    String status = run(Specs.with(SHOW_STATUS, Specs.user("54321")));

    assertThat(status).contains("Uid:\t54321\t54321\t54321\t54321");
    assertThat(line(status, "Groups:")).isEmpty();
  }

  @Test
  void theEnvironmentIsThatOfTheUser() throws Exception {
    String output = run(Specs.with(World.exec("/usr/bin/env"), Specs.user("nobody")));

    assertThat(output).contains("USER=nobody\n").doesNotContain("HOME=/root");
  }

  @Test
  void anUnknownUserMeansNoExec() throws Exception {
    LaunchFailure failure = failureOf(Specs.with(SHOW_STATUS, Specs.user("no-such-user")));

    assertThat(failure)
        .isEqualTo(
            new LaunchFailure("user", "cannot run as user 'no-such-user': no such user", false));
  }

  @Test
  void anUnknownGroupMeansNoExec() throws Exception {
    Credentials wanted =
        new Credentials("nobody", "no-such-group", List.of(), true, true, List.of());

    assertThat(failureOf(Specs.with(SHOW_STATUS, wanted)).message())
        .isEqualTo("cannot run as group 'no-such-group': no such group");
  }

  /// T60: better not at all than as root.
  @Test
  void aPrivilegeStepThatFailsMeansNoExecAndIsNoExitCode() throws Exception {
    Credentials wanted =
        new Credentials("nobody", "", List.of(), true, true, List.of("no_such_capability"));

    LaunchFailure failure = failureOf(Specs.with(World.shell("echo ran"), wanted));

    assertThat(failure.stage()).isEqualTo("user");
    assertThat(failure.message()).contains("setpriv ended with exit 1");
    assertThat(world.news.count(Recorder.News.Launched.class)).isZero();
  }

  @Test
  void aMissingBinaryIsNamedAndNotTheHelper() throws Exception {
    LaunchFailure failure =
        failureOf(Specs.with(World.exec("/no/such/binary"), Specs.user("nobody")));

    assertThat(failure.message())
        .isEqualTo("cannot exec '/no/such/binary': no such file or directory");
  }

  /// T57: where nobody says in which directories to look, helpers would look in fewer than we do.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBinaryIsFoundWithoutAPathWhateverIsOnTheWay(boolean helped) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nologin")), "no /usr/sbin/nologin");
    EnvSpec cleared = new EnvSpec(true, List.of(), new TreeMap<>(), List.of(), new TreeMap<>());
    ExecSpec exec = Specs.with(World.exec("nologin"), cleared);

    RunId run = world.launch(helped ? Specs.with(exec, Specs.user("nobody")) : exec);

    assertThat(world.outputOf(run)).contains("not available");
    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Exited(1));
  }

  @Test
  void aTextFileIsNotHandedToAShellByTheHelperEither(@TempDir Path directory) throws Exception {
    Path script = Files.writeString(directory.resolve("text"), "echo ran\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

    LaunchFailure failure =
        failureOf(Specs.with(World.exec(script.toString()), Specs.user("nobody")));

    assertThat(failure.message()).contains("exec format error");
  }

  @Test
  void anExitCodeOf127IsStillTheServicesOwn() throws Exception {
    RunId run = world.launch(Specs.with(World.shell("exit 127"), Specs.user("nobody")));

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Exited(127));
    assertThat(world.news.pidOf(run)).isPositive();
  }

  private String run(ExecSpec exec) throws Exception {
    RunId run = world.launch(exec);
    world.news.pidOf(run);
    return world.outputOf(run);
  }

  private LaunchFailure failureOf(ExecSpec exec) throws Exception {
    RunId run = world.launch(exec);
    return world.news.await(Recorder.News.Failed.class, run).failure();
  }

  private static String line(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow()
        .substring(name.length())
        .strip();
  }
}
