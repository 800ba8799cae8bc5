package dev.coffey.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {
  private final Problems problems = new Problems();

  @Test
  void theSignForWhatCannotBeReadMayStandInAFile() {
    Source source = decode("a: \uFFFD\n".getBytes(StandardCharsets.UTF_8));

    assertThat(source.text()).isEqualTo("a: \uFFFD\n");
    assertThat(problems.count()).isZero();
  }

  @Test
  void aWrongByteBehindThatSignIsFound() {
    byte[] bytes = "a: \uFFFD\nb: ?\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xE4;

    Source _ = decode(bytes);

    assertThat(problems.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.place().shown()).isEqualTo("f:2:4"));
  }

  @Test
  void aLetterThatIsCutShortIsFound() {
    Source _ = decode(new byte[] {'a', ':', ' ', (byte) 0xC3});

    assertThat(problems.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.place().shown()).isEqualTo("f:1:4"));
  }

  @Test
  void aByteOrderMarkIsNoText() {
    Source source = decode("\uFEFFa: 1\n".getBytes(StandardCharsets.UTF_8));

    assertThat(source.text()).isEqualTo("a: 1\n");
    assertThat(problems.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void aFileOfTwoBytesALetterIsCalledByItsName(String charset) {
    Optional<Tree> tree =
        YamlParser.parse("f", "services: {}\n".getBytes(Charset.forName(charset)), problems);

    assertThat(tree).isEmpty();
    assertThat(problems.findings())
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.problem().message()).isEqualTo("this file is UTF-16, not UTF-8"));
  }

  private Source decode(byte[] bytes) {
    return TextDecoder.decode("f", bytes, problems);
  }
}
