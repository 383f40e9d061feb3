package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void width() {
    assertThat(Terminal.width("132")).isEqualTo(132);
    assertThat(Terminal.width("20")).as("too narrow for anything").isEqualTo(40);
    assertThat(Terminal.width(null)).isEqualTo(80);
    assertThat(Terminal.width("wide")).isEqualTo(80);
  }
}
