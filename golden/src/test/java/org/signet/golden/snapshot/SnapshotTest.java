package org.signet.golden.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  private static final Snapshot CHECKING = new Snapshot(false, false);
  private static final Snapshot APPROVING = new Snapshot(true, false);

  @TempDir private Path folder;
  private Path approved = Path.of("");
  private Path received = Path.of("");

  @BeforeEach
  void name() {
    approved = folder.resolve("text.txt");
    received = folder.resolve("text.received.txt");
  }

  @Test
  void acceptsTheApprovedText() throws Exception {
    Files.writeString(approved, "a\r\nb\n");
    Files.writeString(received, "old");
    CHECKING.check(approved, "a\nb\n");
    assertThat(received).doesNotExist();
  }

  @Test
  void putsOtherTextBesideIt() throws Exception {
    Files.writeString(approved, "a\nb\n");
    assertThatThrownBy(() -> CHECKING.check(approved, "a\nc\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("line 2 differs")
        .hasMessageContaining("- b")
        .hasMessageContaining("+ c")
        .hasMessageContaining("-Dsignet.approve=true");
    assertThat(received).hasContent("a\nc\n");
    assertThat(approved).hasContent("a\nb\n");
  }

  @Test
  void failsForWantOfAnApprovedFile() {
    assertThatThrownBy(() -> CHECKING.check(approved, "a"))
        .hasMessageContaining("not been approved yet");
    assertThat(approved).doesNotExist();
  }

  @Test
  void approvesWhenAskedTo() throws Exception {
    Files.writeString(received, "old");
    APPROVING.check(approved, "a\n");
    assertThat(approved).hasContent("a\n");
    assertThat(received).doesNotExist();
  }

  @Test
  void neverApprovesInCi() {
    assertThatThrownBy(() -> new Snapshot(true, true).check(approved, "a"))
        .hasMessageContaining("not for CI");
    assertThat(approved).doesNotExist();
  }
}
