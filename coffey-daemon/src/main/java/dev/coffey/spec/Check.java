package dev.coffey.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one probe looks at.
public sealed interface Check {
  /// An HTTP request; `bodyPattern` may be empty.
  ///
  /// @param status the accepted codes as written, `2xx` or `200,204`
  record Http(
      String url,
      String method,
      SortedMap<String, String> headers,
      String status,
      String bodyPattern)
      implements Check {
    public Http {
      headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }
  }

  /// A TCP connection that is accepted.
  record Tcp(String address) implements Check {}

  /// A connection to a Unix socket that is accepted.
  record Unix(String path) implements Check {}

  /// A command that exits 0.
  record Exec(Command command) implements Check {}

  /// The standard gRPC health service.
  record Grpc(String address, String service) implements Check {}

  /// A line of the service's own output; readiness only.
  record LogLine(String pattern) implements Check {}

  /// `READY=1` on the notify socket; readiness only.
  record Notify() implements Check {}

  /// A newline on a passed descriptor; readiness only.
  record Descriptor() implements Check {}

  /// A path that exists.
  record File(String path) implements Check {}
}
