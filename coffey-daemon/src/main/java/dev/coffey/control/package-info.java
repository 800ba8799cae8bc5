/// The control socket: gRPC for `coffeyctl` and everybody else on this machine.
///
/// Start reading at [ControlSocket] (how the socket comes to its place), then `PeerInterceptor`
/// (who calls), then the `…Face` classes, one a service of the protocol. A face translates: it
/// reads snapshots and cursors, hands commands to the supervisor and decides nothing about a
/// service. Nothing here runs for long on the server's threads; a slow reader holds one batch and
/// no more.
@NullMarked
package dev.coffey.control;

import org.jspecify.annotations.NullMarked;
