package dev.coffey.ctl.command;

import dev.coffey.ctl.client.CallFailed;
import dev.coffey.ctl.output.DaemonJson;
import dev.coffey.ctl.output.FindingText;
import dev.coffey.ctl.output.JsonObject;
import dev.coffey.ctl.output.Screen;
import dev.coffey.v1.DaemonInfo;
import dev.coffey.v1.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Tells the versions of the client and, where one answers, of the daemon.
final class VersionVerb implements Verb {
  private static final String RESOURCE = "/dev/coffey/ctl/version.txt";

  @Override
  public String name() {
    return "version";
  }

  @Override
  public CommandSpec spec() {
    return Specs.verb(
        name(),
        new Specs.Page(
            "Show the versions of this client and of the daemon.",
            List.of(
                "Works without a daemon too. With -v the daemon tells what its machine has for",
                "supervision, and what it does without what is missing."),
            List.of("version", "version -v", "version -j")));
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    Optional<DaemonInfo> daemon = Optional.empty();
    List<Finding> findings = List.of();
    String absent = "";
    try {
      daemon = Optional.of(session.daemon().info().getDaemon());
      findings = session.isVerbose(1) ? session.daemon().diagnose().getFindingsList() : List.of();
    } catch (CallFailed e) {
      absent = e.sentence();
    }
    if (session.screen().isJson()) {
      session.screen().document(json(daemon, findings));
    } else {
      print(session.screen(), daemon, absent);
      findings.forEach(finding -> session.screen().line("  " + FindingText.of(finding)));
    }
    return ExitCode.DONE.number();
  }

  private static void print(Screen screen, Optional<DaemonInfo> daemon, String absent) {
    screen.line("coffeyctl " + ofClient());
    screen.line(
        daemon
            .map(info -> "coffeyd   " + info.getVersion() + ", pid " + info.getPid())
            .orElse("coffeyd   – " + absent));
  }

  private static JsonObject json(Optional<DaemonInfo> daemon, List<Finding> findings) {
    JsonObject json = new JsonObject().put("client", new JsonObject().put("version", ofClient()));
    daemon.ifPresent(info -> json.put("daemon", DaemonJson.of(info)));
    return findings.isEmpty() ? json : json.put("findings", findings, DaemonJson::finding);
  }

  static String ofClient() {
    try (InputStream in = VersionVerb.class.getResourceAsStream(RESOURCE)) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
