package dev.coffey.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {
  @ParameterizedTest
  @CsvSource({
    "service.started,           service.started,        true",
    "service.started,           service.ready,          false",
    "service.*,                 service.started,        true",
    "service.*,                 service,                false",
    "service.*,                 service.probe.degraded, false",
    "service.**,                service.probe.degraded, true",
    "service.**,                service,                true",
    "**,                        daemon.phase,           true",
    "**.failed,                 service.failed,         true",
    "**.failed,                 failed,                 true",
    "**.failed,                 service.failed.twice,   false",
    "a.**.b.**.c,               a.x.b.y.z.b.c,          true",
    "a.**.b.**.c,               a.x.y.z.c,              false",
    "service.(started|ready),   service.ready,          true",
    "service.(started|ready),   service.failed,         false",
    "(service.*|probe.**),      probe.degraded.much,    true",
    "(service|probe).(a|b),     probe.b,                true",
    "service.crash-loop,        service.crash-loop,     true"
  })
  void aPatternMatchesPartByPart(String pattern, String topic, boolean matches) {
    assertThat(TopicPattern.parse(pattern).matches(topic)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "service.", "serv*", "(a|b", "((a|b)|c)", "a b", "service.A", "a)"})
  void whatIsNoPatternIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TopicPattern.parse(text));
  }

  @Test
  void aPatternThatStandsForTooManyIsRefused() {
    String many = "(a|b)".repeat(12);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopicPattern.parse(many))
        .withMessageContaining("up to 64");
  }
}
