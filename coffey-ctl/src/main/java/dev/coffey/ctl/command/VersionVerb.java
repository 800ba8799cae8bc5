package dev.coffey.ctl.command;

import dev.coffey.ctl.client.CallFailed;
import dev.coffey.ctl.output.DaemonJson;
import dev.coffey.ctl.output.JsonObject;
import dev.coffey.v1.DaemonInfo;
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
            List.of("Works without a daemon too."),
            List.of("version", "version -j")));
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    String client = ofClient();
    Optional<DaemonInfo> daemon = Optional.empty();
    String absent = "";
    try {
      daemon = Optional.of(session.daemon().info().getDaemon());
    } catch (CallFailed e) {
      absent = e.sentence();
    }
    if (session.screen().isJson()) {
      JsonObject json = new JsonObject().put("client", new JsonObject().put("version", client));
      daemon.ifPresent(info -> json.put("daemon", DaemonJson.of(info)));
      session.screen().document(json);
    } else {
      session.screen().line("coffeyctl " + client);
      session
          .screen()
          .line(
              daemon
                  .map(info -> "coffeyd   " + info.getVersion() + ", pid " + info.getPid())
                  .orElse("coffeyd   – " + absent));
    }
    return ExitCode.DONE.number();
  }

  static String ofClient() {
    try (InputStream in = VersionVerb.class.getResourceAsStream(RESOURCE)) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
