/// Who may do what.
///
/// Start reading at [Access]: a [Peer] is whom the kernel says the caller is, a [Role] what follows
/// from it, and [CallRoles] what each call asks for. This room only judges; who asks, and what
/// happens to a refused call, is the faces' business.
@NullMarked
package dev.coffey.access;

import org.jspecify.annotations.NullMarked;
