package dev.coffey.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1",
        "http://127.0.0.1:65535/",
        "http://127.0.0.1:8080/healthz",
        "http://127.0.0.1:8080/a/b-c_d.e//f",
        "http://127.0.0.1:08080/"
      })
  void plainUrlIsAUrlOfThisMachine(String text) {
    URI url = URI.create(text);

    assertThat(Loopback.isPlainUrl(text)).isTrue();
    assertThat(Loopback.is(url.getHost())).isTrue();
    assertThat(url.getPort()).isBetween(1, 65_535);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://127.0.0.1:",
        "http://127.0.0.1:/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:65536/",
        "http://127.0.0.1:99999999999/",
        "http://127.0.0.1:80a/",
        "http://127.0.0.1:80@example.org/",
        "http://127.0.0.1:80/a b",
        "http://127.0.0.1:80/\u00e4",
        "http://127.0.0.1:80/?a=b",
        "http://127.0.0.1:80/%zz",
        "http://127.0.0.10:80/",
        "https://127.0.0.1:80/",
        "http://localhost:80/"
      })
  void anyOtherTextIsLookedAtClosely(String text) {
    assertThat(Loopback.isPlainUrl(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:0/", "http://127.0.0.1:65536/", "http://127.0.0.1:80/%zz"})
  void wrongUrlIsStillRefused(String text) {
    Problems problems = new Problems();
    Place place = Place.whole(Source.named("test"));

    Tree.Scalar checked =
        new Words(problems)
            .check(new Tree.Scalar(text, true, place), new Shape.Text(Grammar.URL), KeyPath.TOP);

    assertThat(checked).isNull();
    assertThat(problems.hasErrors()).isTrue();
  }
}
