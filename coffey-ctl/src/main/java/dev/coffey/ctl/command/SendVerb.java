package dev.coffey.ctl.command;

import com.google.protobuf.ByteString;
import dev.coffey.ctl.output.JsonObject;
import dev.coffey.v1.SendInputRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Writes to a service's standard input: a line, or whatever comes on our own.
final class SendVerb implements Verb {
  private static final String CLOSE = "--close";
  private static final String NO_NEWLINE = "--no-newline";
  private static final String TIMEOUT = "--timeout";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PIECE_BYTES_MAX = 64 << 10;
  private static final long PAUSE_MILLIS = 50;

  @Override
  public String name() {
    return "send";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Write to the standard input of a service.",
                List.of(
                    "Needs 'stdin: pipe' or 'tty: true'. Without TEXT, sends its own standard input."),
                List.of("send console 'say hello'", "send loader --close < data.csv")));
    spec.addPositional(Specs.one("0", Selection.SERVICE, "Its name."));
    spec.addPositional(Specs.many("1..*", "TEXT", "Words, sent as one line."));
    spec.addOption(Specs.flag("End the input afterwards; on a terminal, type Ctrl-D.", CLOSE));
    spec.addOption(Specs.flag("Send TEXT without the end of a line.", NO_NEWLINE));
    spec.addOption(
        Specs.value("DURATION", "How long to try while the service reads nothing; 10s.", TIMEOUT));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    String service = arguments.matchedPositionalValue(0, "");
    List<String> words = arguments.matchedPositionalValue(1, List.of());
    boolean close = arguments.hasMatchedOption(CLOSE);
    String end = arguments.hasMatchedOption(NO_NEWLINE) ? "" : "\n";
    byte[] line = (String.join(" ", words) + end).getBytes(StandardCharsets.UTF_8);
    Duration patience = Changes.wait(arguments).orElse(PATIENCE);
    long sent = 0;
    try (InputStream in = words.isEmpty() ? session.input() : new ByteArrayInputStream(line)) {
      byte[] piece = in.readNBytes(PIECE_BYTES_MAX);
      while (piece.length > 0) {
        send(session, service, piece, patience);
        sent += piece.length;
        piece = in.readNBytes(PIECE_BYTES_MAX);
      }
      if (close || sent == 0) {
        sendOnce(session, request(service, ByteString.EMPTY).setClose(close));
      }
    } catch (IOException e) {
      throw VerbFailed.usage("cannot read the standard input: " + e.getMessage());
    }
    if (session.screen().isJson()) {
      session.screen().document(new JsonObject().put("service", service).put("bytes", sent));
    }
    return ExitCode.DONE.number();
  }

  /// All of it, as fast as the service takes it; its pipe is small and never waited for.
  private static void send(Session session, String service, byte[] piece, Duration patience) {
    ByteString left = ByteString.copyFrom(piece);
    long movedNanos = System.nanoTime();
    while (!left.isEmpty()) {
      long written = sendOnce(session, request(service, left));
      left = left.substring((int) written);
      if (written > 0) {
        movedNanos = System.nanoTime();
      } else if (System.nanoTime() - movedNanos > patience.toNanos()) {
        throw VerbFailed.timedOut(
            "service '%s' does not read: %d bytes are left".formatted(service, left.size()));
      } else {
        pause();
      }
    }
  }

  private static SendInputRequest.Builder request(String service, ByteString data) {
    return SendInputRequest.newBuilder().setService(service).setData(data);
  }

  private static long sendOnce(Session session, SendInputRequest.Builder request) {
    return session.daemon().send(request.build()).getWrittenBytes();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw VerbFailed.timedOut("interrupted");
    }
  }
}
