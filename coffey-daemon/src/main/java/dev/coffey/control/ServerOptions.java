package dev.coffey.control;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/// What the server's listeners are allowed, beyond what properties can say.
@Singleton
final class ServerOptions implements HttpServerOptionsCustomizer {
  static final int STREAMS_PER_CONNECTION_MAX = 128;
  static final int HEADER_LIST_BYTES_MAX = 16 << 10;

  /// All listeners share one router: without HTTP/2 in clear text no gRPC call can come by TCP.
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
  }

  /// A quiet `logs -f` may be quiet for days, and the kernel tells when its process is gone.
  @Override
  public void customizeDomainSocketServer(HttpServerOptions options) {
    options.setIdleTimeout(0);
    Http2Settings settings = options.getInitialSettings();
    settings.setMaxConcurrentStreams(STREAMS_PER_CONNECTION_MAX);
    settings.setMaxHeaderListSize(HEADER_LIST_BYTES_MAX);
    options.setInitialSettings(settings);
  }
}
