package dev.coffey.process;

import dev.coffey.process.linux.Accounts;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.SpawnRequest.Source;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ResourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// All that is known of a process before it is made.
record Recipe(LaunchOrder order, Chain chain, List<String> environment) {
  private static final int SHELL_DESCRIPTOR_MAX = 9;

  Recipe {
    environment = List.copyOf(environment);
  }

  static Recipe of(LaunchOrder order, Means means) throws LaunchException {
    ExecSpec exec = order.exec();
    Identity identity = Identity.of(exec.credentials(), means.accounts(), means.surroundings());
    Environment environment =
        Environment.of(
            exec.env(),
            identity.account(),
            means.surroundings(),
            variables -> inject(variables, order, means.mark()));
    Path binary = BinaryLookup.find(exec.command().binary(), environment.path(), exec.directory());
    boolean gate = gateNeeded(order, means);
    List<String> words = words(exec);
    if (gate || !identity.privileges().isEmpty()) {
      BinaryLookup.examine(binary, exec.directory());
      if (!environment.hasPath()) {
        // Each helper would look in other directories.
        words.set(0, binary.toString());
      }
    }
    Chain chain = Chain.of(needs(order, gate, identity, environment), binary, words);
    return new Recipe(order, chain, environment.entries());
  }

  /// What all recipes have in common.
  record Means(
      Mark mark,
      Accounts accounts,
      Surroundings surroundings,
      Bounds bounds,
      DescriptorLimit descriptorLimit) {}

  /// What the process has as 0, 1, 2 and on. At a gate the first is the daemon's word to go on, and
  /// the service's own standard input waits behind all others.
  List<Source> sources(int gateEnd) {
    StandardStreams streams = order.streams();
    boolean terminal = !order.terminal().isEmpty();
    Source screen = new Source.Opened(order.terminal(), Descriptors.O_RDWR);
    List<Source> sources = new ArrayList<>();
    sources.add(
        chain.gated() ? new Source.Given(gateEnd) : terminal ? screen : source(streams.stdin()));
    sources.add(terminal ? screen : source(streams.stdout()));
    sources.add(terminal ? screen : source(streams.stderr()));
    for (PassedSocket socket : order.sockets()) {
      sources.add(new Source.Given(socket.fd()));
    }
    if (chain.gated() && !terminal && streams.stdin() != StandardStreams.NULL) {
      sources.add(new Source.Given(streams.stdin()));
    }
    return sources;
  }

  private static Source source(int fd) {
    return fd == StandardStreams.NULL
        ? new Source.Opened("/dev/null", Descriptors.O_RDWR)
        : new Source.Given(fd);
  }

  private static List<String> words(ExecSpec exec) {
    List<String> words = new ArrayList<>();
    words.add(exec.command().binary());
    words.addAll(exec.command().args());
    return words;
  }

  private static void inject(Map<String, String> variables, LaunchOrder order, Mark mark) {
    variables.putAll(order.injected());
    mark.putInto(variables, order.run(), order.service());
    if (!order.sockets().isEmpty()) {
      variables.put("LISTEN_FDS", Integer.toString(order.sockets().size()));
      variables.put(
          "LISTEN_FDNAMES",
          order.sockets().stream().map(PassedSocket::name).collect(Collectors.joining(":")));
    }
  }

  /// A process that begins with our own limit of open files must not run before it is given back;
  /// without a shell that comes a moment late.
  private static boolean gateNeeded(LaunchOrder order, Means means) {
    boolean tooManyFiles = means.descriptorLimit().raised() && Files.isExecutable(Helpers.SHELL);
    return tooManyFiles
        || order.exec().resources().umask() != null
        || !order.sockets().isEmpty()
        || !order.exec().resources().cgroup().equals(ResourceSpec.Cgroup.NONE)
        || means.bounds().needed(order.exec().resources());
  }

  private static Chain.Needs needs(
      LaunchOrder order, boolean gate, Identity identity, Environment environment)
      throws LaunchException {
    Integer umask = order.exec().resources().umask();
    return new Chain.Needs(
        gate,
        umask == null ? "" : "0" + Integer.toOctalString(umask),
        gate ? inputFrom(order) : "",
        !order.sockets().isEmpty(),
        gate ? environment.oddEntries() : List.of(),
        identity.privileges());
  }

  private static String inputFrom(LaunchOrder order) throws LaunchException {
    if (!order.terminal().isEmpty()) {
      return "0<&1";
    }
    if (order.streams().stdin() == StandardStreams.NULL) {
      return "</dev/null";
    }
    int waiting = 3 + order.sockets().size();
    if (waiting > SHELL_DESCRIPTOR_MAX) {
      throw new LaunchException(
          "limits",
          "cannot launch: stdin as a pipe leaves room for 6 sockets, not %d"
              .formatted(order.sockets().size()));
    }
    return "0<&%d %d<&-".formatted(waiting, waiting);
  }
}
