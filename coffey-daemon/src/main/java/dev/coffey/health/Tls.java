package dev.coffey.health;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// TLS for a probe. On loopback any certificate will do, since a service seldom has one for that
/// name and nobody else can answer there; another host must show a valid one.
final class Tls {
  private Tls() {}

  static Socket over(Socket socket, Address address) throws IOException {
    try {
      boolean local = socket.getInetAddress().isLoopbackAddress();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          null, local ? new TrustManager[] {new AnyCertificate()} : null, new SecureRandom());
      SSLSocket secure =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, address.host(), address.port(), true);
      if (!local) {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
      }
      secure.startHandshake();
      return secure;
    } catch (GeneralSecurityException e) {
      socket.close();
      throw new IOException("cannot use TLS: " + e.getMessage(), e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
