package dev.coffey.health;

import dev.coffey.spec.Check;
import dev.coffey.spec.Command;
import java.io.IOException;

/// One way of looking at a service. It may block as long as it likes: an interrupt ends it.
interface Look {
  /// Looks once.
  ///
  /// @throws IOException when the service cannot be reached or does not answer properly; as bad as
  ///   a bad verdict
  Verdict take() throws IOException, InterruptedException;

  /// The way that fits the check.
  static Look of(Target target, Check check, ProbeCommands commands) {
    return switch (check) {
      case Check.Http http -> new HttpLook(http);
      case Check.Tcp tcp -> new TcpLook(tcp.address());
      case Check.Unix unix -> new UnixLook(unix.path());
      case Check.File file -> new FileLook(file.path());
      case Check.Exec(Command command) ->
          () -> commands.run(target.service(), command, target.exec());
      case Check.Grpc grpc -> new GrpcLook(grpc.address(), grpc.service());
      case Check.LogLine _, Check.Notify _, Check.Descriptor _ ->
          () -> Verdict.bad("cannot probe: the service tells this by itself");
    };
  }
}
