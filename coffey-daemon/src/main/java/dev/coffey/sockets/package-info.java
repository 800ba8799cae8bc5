/// Opens the sockets that services are given and keeps them over their restarts.
///
/// Start reading at [Sockets]. It passes nothing by itself and accepts no connection.
@NullMarked
package dev.coffey.sockets;

import org.jspecify.annotations.NullMarked;
