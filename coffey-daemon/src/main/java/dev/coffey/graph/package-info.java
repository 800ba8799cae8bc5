/// A directed graph: order, closure, cycles. Knows no services and nothing else of the house.
@NullMarked
package dev.coffey.graph;

import org.jspecify.annotations.NullMarked;
