package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Dispositions;
import dev.coffey.process.linux.FaultyLibc;
import dev.coffey.spec.Command;
import dev.coffey.spec.Credentials;
import dev.coffey.spec.EnvSpec;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ResourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchTest {
  @TempDir static Path directory;
  private static Path fixture;

  private final World world = new World();

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    fixture = Fixture.build(directory);
  }

  @AfterEach
  void leaveNothing() {
    world.close();
  }

  /// T62: nothing of the daemon's own is inherited.
  @Test
  void aProcessGetsOnlyItsThreeDescriptorsAndTheyBlock() throws Exception {
    String output = run(World.exec(fixture.toString()));

    assertThat(Fixture.value(output, "fds")).isEqualTo("0 1 2");
    assertThat(Fixture.value(output, "flags")).isEqualTo("0 0 0");
  }

  /// T62: neither with musl, or an old glibc.
  @Test
  void nothingIsInheritedWhereASpawnCannotCloseByItself() throws Exception {
    try (World without = new World(FaultyLibc.withoutCloseFrom())) {
      RunId run = without.launch(World.exec(fixture.toString()));

      assertThat(Fixture.value(without.outputOf(run), "fds")).isEqualTo("0 1 2");
    }
  }

  /// T62, T68: what the JVM blocks and ignores stays its own.
  @Test
  void aProcessGetsAnEmptyMaskAndDefaultDispositions() throws Exception {
    String output = run(World.exec(fixture.toString()));

    assertThat(Fixture.value(output, "blocked")).isEmpty();
    assertThat(Fixture.value(output, "ignored")).isEmpty();
  }

  /// T68: nohup is for the daemon alone.
  @Test
  void aSignalThatTheDaemonWasStartedToIgnoreIsNotIgnoredByServices() throws Exception {
    int windowChange = 28;
    Dispositions.ignore(world.libc, windowChange);
    try {
      assertThat(Fixture.value(run(World.exec(fixture.toString())), "ignored")).isEmpty();
    } finally {
      Dispositions.restore(world.libc, windowChange);
    }
  }

  @Test
  void aProcessLeadsItsOwnSessionAndGroup() throws Exception {
    RunId run = world.launch(World.exec(fixture.toString()));
    int pid = world.news.pidOf(run);

    String output = world.outputOf(run);

    assertThat(Fixture.value(output, "pid")).isEqualTo("" + pid);
    assertThat(Fixture.value(output, "session")).isEqualTo("" + pid);
    assertThat(Fixture.value(output, "group")).isEqualTo("" + pid);
  }

  @Test
  void argumentsArriveExactlyAsWritten() throws Exception {
    String output = run(World.exec(fixture.toString(), "a b", "", "$HOME", "*", "ü'\""));

    assertThat(Fixture.value(output, "arg0")).isEqualTo(fixture.toString());
    assertThat(Fixture.value(output, "arg1")).isEqualTo("a b");
    assertThat(Fixture.value(output, "arg2")).isEmpty();
    assertThat(Fixture.value(output, "arg3")).isEqualTo("$HOME");
    assertThat(Fixture.value(output, "arg4")).isEqualTo("*");
    assertThat(Fixture.value(output, "arg5")).isEqualTo("ü'\"");
  }

  @Test
  void theEnvironmentIsCleanMarkedAndNearerSourcesWin() throws Exception {
    Path file = Files.writeString(directory.resolve("env"), "A=file\nB=file\nC=file\n");
    EnvSpec env =
        new EnvSpec(
            false,
            List.of("HOME", "NOT_SET_ANYWHERE"),
            map("A", "default", "B", "default", "D", "default"),
            List.of(new EnvSpec.EnvFile(file.toString(), true)),
            map("A", "set"));

    String output = run(withEnv(World.exec(fixture.toString()), env));

    assertThat(Fixture.values(output, "env"))
        .contains("A=set", "B=file", "C=file", "D=default")
        .contains("COFFEY_SERVICE=fixture", "COFFEY_INSTANCE=1", "COFFEY_RUN_ID=1")
        .allMatch(entry -> entry.matches("([A-D]|PATH|HOME|USER|SHELL|LANG|TZ|COFFEY_.*)=.*"));
  }

  @Test
  void aRequiredEnvFileThatIsMissingFailsTheLaunch() throws Exception {
    EnvSpec env =
        new EnvSpec(
            false,
            List.of(),
            new TreeMap<>(),
            List.of(new EnvSpec.EnvFile("/no/env", true)),
            new TreeMap<>());

    LaunchFailure failure = failureOf(withEnv(World.exec(fixture.toString()), env));

    assertThat(failure.stage()).isEqualTo("env");
    assertThat(failure.message()).isEqualTo("cannot read env_file '/no/env': no such file");
  }

  /// T63: an end at once, and no terminal to wait for.
  @Test
  void standardInputIsEmptyByDefault() throws Exception {
    assertThat(run(World.shell("cat; echo end"))).isEqualTo("end\n");
  }

  @Test
  void theProcessStartsInItsDirectoryAndFindsRelativeBinariesThere() throws Exception {
    ExecSpec exec = withDirectory(World.exec("./fixture"), directory.toString());

    String output = run(exec);

    assertThat(Fixture.value(output, "directory")).isEqualTo(directory.toRealPath().toString());
  }

  /// T57: not in that of the daemon.
  @Test
  void theBinaryIsLookedUpInTheServicesOwnPath() throws Exception {
    EnvSpec env =
        new EnvSpec(
            false, List.of(), new TreeMap<>(), List.of(), map("PATH", "/nowhere:" + directory));

    String output = run(withEnv(World.exec("fixture"), env));
    LaunchFailure failure = failureOf(withEnv(World.exec("cat"), env));

    assertThat(Fixture.value(output, "arg0")).isEqualTo("fixture");
    assertThat(failure.message())
        .isEqualTo("cannot exec 'cat': not found in PATH '/nowhere:%s'".formatted(directory));
  }

  /// T57: no process has come to be.
  @Test
  void aMissingBinaryIsAFailedExecAndNoExitCode() throws Exception {
    LaunchFailure failure = failureOf(World.exec("/no/such/binary"));

    assertThat(failure)
        .isEqualTo(
            new LaunchFailure(
                "exec", "cannot exec '/no/such/binary': no such file or directory", false));
  }

  /// T57: no shell guesses.
  @Test
  void aTextFileIsNotHandedToAShell() throws Exception {
    Path script = executable("noShebang", "echo hello\n");

    LaunchFailure failure = failureOf(World.exec(script.toString()));

    assertThat(failure.stage()).isEqualTo("exec");
    assertThat(failure.message()).contains("exec format error");
  }

  /// T57: neither is a program that the kernel would refuse, by no helper on the way.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProgramForAnotherKindOfMachineIsAFailedExec(boolean gated) throws Exception {
    assumeTrue(
        Files.notExists(Path.of("/proc/sys/fs/binfmt_misc/status")), "there may be an emulator");
    byte[] header = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, header, 0, 7);
    header[16] = 2;
    header[18] = (byte) 243;
    Path program = executable("otherMachine", "");
    Files.write(program, header);
    ExecSpec exec = World.exec(program.toString());

    LaunchFailure failure = failureOf(gated ? Specs.with(exec, Specs.umask(022)) : exec);

    assertThat(failure)
        .isEqualTo(
            new LaunchFailure(
                "exec",
                "cannot exec '%s': exec format error; it is made for another kind of machine"
                    .formatted(program),
                false));
  }

  @Test
  void aMissingInterpreterIsNamed() throws Exception {
    Path script = executable("badShebang", "#!/no/interpreter -x\n");

    assertThat(failureOf(World.exec(script.toString())).message())
        .isEqualTo(
            "cannot exec '%s': its interpreter '/no/interpreter' does not exist".formatted(script));
  }

  @Test
  void aFileThatMayNotBeExecutedIsAFailedExec() throws Exception {
    Path file = Files.writeString(directory.resolve("plain"), "#!/bin/sh\n");

    assertThat(failureOf(World.exec(file.toString())).message())
        .isEqualTo("cannot exec '%s': permission denied".formatted(file));
  }

  @Test
  void aMissingDirectoryIsItsOwnStage() throws Exception {
    assertThat(failureOf(withDirectory(World.exec("/bin/true"), "/no/such/dir")))
        .isEqualTo(
            new LaunchFailure(
                "chdir",
                "cannot enter directory '/no/such/dir': no such file or directory",
                false));
  }

  @Test
  void anExitCodeIsNotAFailedExec() throws Exception {
    RunId run = world.launch(World.shell("exit 127"));

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Exited(127));
  }

  @Test
  void launchedIsToldBeforeEndedHoweverShortTheRun() throws Exception {
    for (int round = 0; round < 200; round++) {
      RunId run = world.launch(World.exec("/bin/true"), StandardStreams.NONE);
      world.news.statusOf(run);
      world.news.pidOf(run);
    }

    List<Recorder.News> news = world.news.all();
    for (int at = 0; at < news.size(); at += 2) {
      assertThat(news.get(at)).isInstanceOf(Recorder.News.Launched.class);
      assertThat(news.get(at + 1)).isInstanceOf(Recorder.News.Ended.class);
    }
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

  private static Path executable(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private static SortedMap<String, String> map(String... pairs) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int at = 0; at < pairs.length; at += 2) {
      map.put(pairs[at], pairs[at + 1]);
    }
    return map;
  }

  private static ExecSpec withEnv(ExecSpec exec, EnvSpec env) {
    return with(exec.command(), exec.directory(), env);
  }

  private static ExecSpec withDirectory(ExecSpec exec, String directory) {
    return with(exec.command(), directory, exec.env());
  }

  private static ExecSpec with(Command command, String directory, EnvSpec env) {
    return new ExecSpec(
        command,
        directory,
        env,
        Credentials.OWN,
        ResourceSpec.INHERITED,
        ExecSpec.Stdin.NULL,
        false);
  }
}
