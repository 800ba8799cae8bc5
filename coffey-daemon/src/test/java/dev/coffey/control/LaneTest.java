package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneTest {
  @Test
  void anAnswerAfterTheEndOfTheLoopHarmsNobody() {
    Vertx vertx = Vertx.vertx();
    CompletableFuture<Lane> made = new CompletableFuture<>();
    vertx.runOnContext(_ -> made.complete(Lane.current()));
    Lane lane = made.join();

    vertx.close().toCompletionStage().toCompletableFuture().join();

    assertThatCode(() -> lane.run(() -> {})).doesNotThrowAnyException();
  }
}
